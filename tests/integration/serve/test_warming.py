"""Before the first page is asked for, all templates have been compiled."""

from django.template import engines

from sightline.interfaces.serve.warming import compile_templates, warm


def test_every_template_is_compiled_with_the_macros_that_it_uses():
    environment = engines["pages"].env
    assert compile_templates(environment) > len(environment.list_templates(extensions=["html"])) / 3
    held = {name for _, name in environment.cache}
    assert {"inbox/inbox.html", "child/child.html", "govuk_frontend_jinja/components/button/macro.html"} <= held
    button = environment.get_template("govuk_frontend_jinja/components/button/macro.html").environment
    assert "govuk_frontend_jinja/macros/attributes.html" in {name for _, name in button.cache}


def test_warming_reads_no_row():
    warm()
