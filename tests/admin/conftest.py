"""Working the admin as somebody at a desk does: open a form, change what is in it, send it."""

import pytest
from django.urls import reverse

from commitments.models import Proposal
from tests.fixtures.clients import GzipClient


@pytest.fixture
def at_desk():
    """Return a client signed in as `user`."""

    def sign_in(user, **options):
        client = GzipClient(**options)
        if user is not None:
            client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def address():
    """Return where the admin has `page` of a record, or of a model."""

    def of(record, page="change"):
        opts = record._meta
        keys = [record.pk] if getattr(record, "pk", None) and not isinstance(record, type) else []
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_{page}", args=keys)

    return of


@pytest.fixture
def act_address():
    def of(record, act):
        opts = record._meta
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_act", args=[record.pk, act])

    return of


def posted(bound):
    """Return a bound field's value as the texts a browser would post."""
    widget = getattr(bound.field.widget, "widget", bound.field.widget)
    value = widget.format_value(bound.field.prepare_value(bound.value()))
    if bound.field.__class__.__name__ == "BooleanField":
        return ["on"] if bound.value() else []
    return [
        str(one)
        for one in (value if isinstance(value, list | tuple) else [value])
        if one not in (None, "")
    ]


@pytest.fixture
def filled():
    """Return what a browser would post from the form on a page, with `changes` typed into it."""

    def fill(response, **changes):
        shown = [*response.context["adminform"].form]
        for inline in response.context["inline_admin_formsets"]:
            shown += [*inline.formset.management_form]
            for form in inline.formset.forms:
                shown += [*form]
        data = {bound.html_name: values for bound in shown if (values := posted(bound))}
        data["opened"] = [response.context.get("opened") or ""]
        if response.context.get("proposal"):
            data["proposal_version"] = [str(response.context["proposal_version"])]
        for name, value in changes.items():
            data[name] = value if isinstance(value, list) else [value]
        return data

    return fill


@pytest.fixture
def save(filled):
    """Open a form, type, save; return the answer."""

    def save(client, page, **changes):
        opened = client.get(page)
        assert opened.status_code == 200, opened
        return client.post(page, filled(opened, **changes))

    return save


@pytest.fixture
def act(act_address):
    """Do something to a record's state by its page; return the answer to the button."""

    def do(client, record, name, **typed):
        page = act_address(record, name)
        opened = client.get(page)
        seen = opened.context["ahead"].seen if opened.status_code == 200 else ""
        return client.post(page, {"seen": seen, **typed})

    return do


@pytest.fixture
def errors():
    """Return every sentence in which a page refuses what was typed."""

    def of(response):
        found = [*response.context["adminform"].form.errors.values()]
        for inline in response.context["inline_admin_formsets"]:
            found += [
                inline.formset.non_form_errors(),
                *(e for form in inline.formset.forms for e in form.errors.values()),
            ]
        return [str(sentence) for sentences in found for sentence in sentences]

    return of


@pytest.fixture
def propose(save, errors):
    """Change the form of a published record and save it; return the proposal that this makes."""

    def propose(client, page, **changes):
        made = Proposal.objects.count()
        answer = save(client, page, **{"public_note": "Plainer words.", **changes})
        assert answer.status_code == 302, errors(answer)
        assert Proposal.objects.count() == made + 1
        return Proposal.objects.latest("pk")

    return propose


@pytest.fixture
def decide(address):
    """Open the page of a proposal and press one of its buttons; return the answer."""

    def decide(client, proposal, step, **typed):
        page = address(proposal)
        opened = client.get(page)
        assert opened.status_code == 200
        shown = {"version": opened.context["proposal"].version}
        if "outlook" in opened.context:
            shown["seen"] = opened.context["outlook"].seen
        return client.post(page, {**shown, "step": step, **typed})

    return decide
