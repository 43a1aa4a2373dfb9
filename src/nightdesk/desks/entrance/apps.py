"""The entrance as a Django app."""

from django.apps import AppConfig


class EntranceConfig(AppConfig):
    """Opens a desk whenever anybody is signed in, by whatever way."""

    name = "nightdesk.desks.entrance"
    label = "entrance"

    def ready(self) -> None:
        """Listen to the one signal that every sign-in sends, so that no way in is without its limits."""
        from django.contrib.auth.signals import user_logged_in

        from nightdesk.desks.entrance.desk import open_at_sign_in

        user_logged_in.connect(open_at_sign_in, dispatch_uid="nightdesk.entrance.open_desk")
