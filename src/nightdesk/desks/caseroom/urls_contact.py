"""Addresses of contact with the person, and of tasks."""

from django.urls import path

from nightdesk.desks.caseroom import views_contact, views_contact_plan, views_tasks

urlpatterns = [
    path("tasks/", views_tasks.my_tasks, name="my_tasks"),
    path("<slug:reference>/contact-plan/", views_contact_plan.contact_plan, name="contact_plan"),
    path(
        "<slug:reference>/contact-plan/change/",
        views_contact_plan.contact_plan_change,
        name="contact_plan_change",
    ),
    path("<slug:reference>/wishes/", views_contact_plan.wishes, name="wishes"),
    path("<slug:reference>/wishes/change/", views_contact_plan.wishes_change, name="wishes_change"),
    path("<slug:reference>/contacts/", views_contact.contact_log, name="contact_log"),
    path("<slug:reference>/contacts/before/", views_contact.contact_before, name="contact_before"),
    path("<slug:reference>/contacts/earlier/", views_contact.contact_earlier, name="contact_earlier"),
    path("<slug:reference>/contacts/<uuid:key>/", views_contact.contact, name="contact"),
    path("<slug:reference>/tasks/", views_tasks.case_tasks, name="case_tasks"),
    path("<slug:reference>/tasks/<uuid:key>/", views_tasks.task, name="task"),
]
