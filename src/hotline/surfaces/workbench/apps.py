from django.apps import AppConfig


class Workbench(AppConfig):
    name = "hotline.surfaces.workbench"
    label = "workbench"
    verbose_name = "工作台"
