"""Addresses of the rota's desk."""

from django.urls import path

from nightdesk.desks.rota import views, views_changes, views_import, views_mine

urlpatterns = [
    path("rota/", views.rota, name="rota"),
    path("rota/calendar/", views.rota_calendar, name="rota_calendar"),
    path("rota/day/", views.rota_day, name="rota_day"),
    path("rota/mine/", views_mine.my_shifts, name="my_shifts"),
    path("rota/mine/away/", views_mine.my_absence, name="my_absence"),
    path("rota/mine/feed/", views_mine.my_feed, name="my_feed"),
    path("rota/swaps/<uuid:shift>/ask/", views_mine.ask_swap, name="ask_swap"),
    path("rota/swaps/<uuid:swap>/answer/", views_mine.answer_swap, name="answer_swap"),
    path("rota/change/", views_changes.rota_change, name="rota_change"),
    path("rota/change/turns/", views_changes.rota_pattern, name="rota_pattern"),
    path("rota/change/turns/<uuid:pattern>/end/", views_changes.rota_pattern_end, name="rota_pattern_end"),
    path("rota/change/away/", views_changes.rota_absence, name="rota_absence"),
    path("rota/change/on/", views_changes.rota_stand_in, name="rota_stand_in"),
    path("rota/change/withdraw/", views_changes.rota_withdraw, name="rota_withdraw"),
    path("rota/change/calendar/", views_import.rota_import, name="rota_import"),
    path("rota/change/calendar/<uuid:kept>/", views_import.rota_kept_page, name="rota_kept"),
    path("feeds/<str:secret>.ics", views_mine.shift_feed, name="shift_feed"),
]
