from django.apps import AppConfig


class Portal(AppConfig):
    name = "hotline.surfaces.portal"
    label = "portal"
    verbose_name = "公众网站"
