from django.apps import AppConfig


class Knowledge(AppConfig):
    name = "hotline.knowledge"
    label = "knowledge"
    verbose_name = "知识库"

    def ready(self) -> None:
        """Register dossiers, cards and look-ups."""
        from hotline.knowledge import dossier, look_ups, transitions  # noqa: F401
