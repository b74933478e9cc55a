"""工作台的网址 (addresses of staff pages)."""

from django.urls import path

from hotline.surfaces.workbench import acting, books, entering, looking

urlpatterns = [
    path("", looking.home, name="work"),
    path("sign-in/", entering.sign_in_page, name="sign-in"),
    path("sign-out/", entering.sign_out, name="sign-out"),
    path("post/", entering.switch, name="switch-post"),
    path("password/", entering.password, name="password"),
    path("desk/<slug:name>/", looking.desk, name="desk"),
    path("register/", acting.register, name="register"),
    path("m/<str:number>/", looking.matter, name="matter"),
    path("m/<str:number>/reveal/", acting.reveal, name="reveal"),
    path("m/<str:number>/<slug:verb>/", acting.verb, name="verb"),
    path("clause/<str:clause_id>/", books.clause, name="clause"),
    path("rulebook/", books.text, name="rulebook"),
    path("rulebook/readings/", books.readings, name="readings"),
    path("rulebook/duties/", books.duties, name="duties"),
]
