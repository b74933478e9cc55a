from django.apps import AppConfig


class Procedure(AppConfig):
    name = "hotline.procedure"
    label = "procedure"
    verbose_name = "办理机"
