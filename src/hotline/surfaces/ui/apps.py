from django.apps import AppConfig


class UiConfig(AppConfig):
    """界面零件: what every surface shows alike."""

    name = "hotline.surfaces.ui"
    label = "ui"
    verbose_name = "界面零件"

    def ready(self) -> None:
        """Forms' tokens are masked by one draw."""
        from hotline.surfaces.ui import tokens

        tokens.install()
