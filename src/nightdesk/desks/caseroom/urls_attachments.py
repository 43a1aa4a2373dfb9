"""Addresses of the attachments of a case, and of the unit's that its supervisor looks at."""

from django.urls import path

from nightdesk.desks.caseroom import views_attachments as views

urlpatterns = [
    path("attachments/", views.attachments_unit, name="attachments_unit"),
    path("<slug:reference>/attachments/", views.attachments, name="attachments"),
    path("<slug:reference>/attachments/add/", views.attachment_add, name="attachment_add"),
    path("<slug:reference>/attachments/<int:which>/", views.attachment, name="attachment"),
    path(
        "<slug:reference>/attachments/<int:which>/picture/",
        views.attachment_picture,
        name="attachment_picture",
    ),
    path("<slug:reference>/attachments/<int:which>/about/", views.attachment_about, name="attachment_about"),
    path("<slug:reference>/attachments/<int:which>/chat/", views.attachment_chat, name="attachment_chat"),
    path(
        "<slug:reference>/attachments/<int:which>/download/",
        views.attachment_download,
        name="attachment_download",
    ),
    path(
        "<slug:reference>/attachments/<int:which>/withdraw/",
        views.attachment_withdraw,
        name="attachment_withdraw",
    ),
]
