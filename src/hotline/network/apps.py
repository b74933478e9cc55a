from django.apps import AppConfig


class Network(AppConfig):
    name = "hotline.network"
    label = "network"
    verbose_name = "三级网络"

    def ready(self) -> None:
        """Register dossiers, cards and look-ups."""
        from hotline.network import catalogue_look_ups, dossier, look_ups, messages, transitions  # noqa: F401
