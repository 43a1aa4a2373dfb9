"""Addresses of the entrance."""

from django.urls import path

from nightdesk.desks.entrance import home, lock, second_factor, sign_in

urlpatterns = [
    path("", home.front_door, name="front_door"),
    path("health/", home.health, name="health"),
    path("staff/", home.home, name="home"),
    path("staff/theme/", home.set_theme, name="set_theme"),
    path("staff/language/", home.set_language, name="set_language"),
    path("staff/sign-in/", sign_in.sign_in, name="sign_in"),
    path("staff/sign-out/", sign_in.sign_out, name="sign_out"),
    path("staff/second-factor/", second_factor.second_factor, name="second_factor"),
    path("staff/second-factor/set-up/", second_factor.second_factor_set_up, name="second_factor_set_up"),
    path("staff/blank/", lock.blank_screen, name="blank_screen"),
    path("staff/locked/", lock.locked, name="locked"),
    path("staff/held/", lock.held_words, name="held_words"),
    path("staff/pin/", lock.set_pin, name="set_pin"),
    path("staff/still-here/", lock.still_here, name="still_here"),
]
