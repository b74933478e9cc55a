from django.apps import AppConfig


class Network(AppConfig):
    name = "hotline.network"
    label = "network"
    verbose_name = "三级网络"
