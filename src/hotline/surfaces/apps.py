from django.apps import AppConfig


class Surfaces(AppConfig):
    name = "hotline.surfaces"
    label = "surfaces"
    verbose_name = "界面"
