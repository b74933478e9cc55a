from django.apps import AppConfig


class Casework(AppConfig):
    name = "hotline.casework"
    label = "casework"
    verbose_name = "办件"
