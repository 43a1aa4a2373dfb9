"""Addresses of the series desk."""

from django.urls import path

from nightdesk.desks.series import explore, views, views_answers, views_groups, views_people, views_series

urlpatterns = [
    path("series/candidates/", views.candidates, name="candidates"),
    path("series/candidates/<uuid:candidate>/", views.candidate, name="candidate"),
    path("series/candidates/<uuid:candidate>/history/", views.candidate_history, name="candidate_history"),
    path(
        "series/candidates/<uuid:candidate>/answer/", views_answers.candidate_answer, name="candidate_answer"
    ),
    path("series/candidates/<uuid:candidate>/give/", views_answers.candidate_give, name="candidate_give"),
    path("series/candidates/<uuid:candidate>/again/", views_answers.candidate_again, name="candidate_again"),
    path("series/reports/<uuid:report>/", views.link_report, name="link_report"),
    path("series/groups/", views_groups.link_groups, name="link_groups"),
    path("series/groups/<uuid:group>/", views_groups.link_group, name="link_group"),
    path("series/groups/<uuid:group>/raise/", views_groups.link_group_raise, name="link_group_raise"),
    path("series/groups/<uuid:group>/aside/", views_groups.link_group_aside, name="link_group_aside"),
    path("series/people/", views_people.series_people, name="series_people"),
    path("series/people/end/", views_people.series_person_end, name="series_person_end"),
    path("series/", views_series.all_series, name="all_series"),
    path("series/<slug:number>/", views_series.series, name="series"),
    path("series/<slug:number>/history/", views_series.series_history, name="series_history"),
    path("series/<slug:number>/brief/", views_series.series_brief, name="series_brief"),
    path("series/<slug:number>/fits/", explore.series_fits, name="series_fits"),
    path("series/<slug:number>/out/", views_series.series_take_out, name="series_take_out"),
    path("series/<slug:number>/seen/", views_series.series_seen, name="series_seen"),
]
