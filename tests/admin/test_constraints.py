"""Every constraint that a form of the desk can reach says what is wrong, beside a field.

Each case starts from a form that could be saved and changes the few values that break one rule.
"""

from datetime import date

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import UniqueConstraint

from commitments import models
from commitments.admin.sites import site

pytestmark = pytest.mark.django_db

# Rules of columns that the program writes, whose row cannot be changed, or that no choice breaks.
NEVER_TYPED = {
    "assessment_published_is_signed",
    "assessment_two_pairs_of_eyes",
    "criteria_number_once",
    "tenure_slug_length",
    "tenure_slug_filled",
    "undertaking_shown_by_length",
    "undertaking_shown_status_known",
    "undertaking_slug_filled",
    "undertaking_slug_length",
    "undertaking_verdict_names_its_author",
    # The form fills in what is left empty.
    "observation_decimals_filled",
    "target_comparator_filled",
}
# An empty slug is made by the form, and the state is none of its boxes.
ENDINGS_NEVER_TYPED = ("_version_positive", "_state_known", "_slug_filled")
NOT_AT_THE_DESK = {
    models.Snapshot,
    models.LedgerEntry,
    models.LedgerHead,
    models.LedgerPayload,
    models.SearchEntry,
    models.SearchWord,
}
DAY = "2026-03-31"
# What is typed to break a rule whose name does not say it.
TYPED = {
    "party_iso_code_once": {"iso_code": "FRA"},
    "membership_not_of_itself": {"member": "{bloc}"},
    "membership_without_start_once": {"starts_on": "", "ends_on": ""},
    "summit_standing_has_reason": {"standing": "cancelled"},
    "participation_tenure_has_leader": {"leader": ""},
    "participation_without_leader_once": {"leader": "", "tenure": ""},
    "topic_not_its_own_parent": {"parent": "{topic}"},
    "pledge_summit_or_occasion": {"occasion": ""},
    "pledge_deadline_not_before_made": {
        "deadline": "2020-01-01",
        "deadline_precision": "day",
    },
    "pledge_translation_names_translator": {"translation": "Words."},
    "pledge_not_checkable_says_why": {"verifiability": "partly"},
    "evidence_translation_names_translator": {"translation": "Words."},
    "evidence_excerpt_names_language": {"excerpt": "", "excerpt_language": "fr"},
    "undertaking_exempt_is_not_assessed": {"exempt_reason": "It left."},
    "assessment_late_is_not_met": {"late": "on", "status": "met"},
    "assessment_done_on_of_late": {"done_on": DAY, "done_on_precision": "day"},
    "assessment_cause_of_missed": {"status": "met", "cause": "court"},
    "assessment_closed_has_rationale": {"status": "met", "rationale": ""},
    "indicator_fiscal_month": {"fiscal_year_starts": "13"},
    "release_sha256_whole": {"sha256": "abc"},
    "observation_period_in_order": {"period_end": "2020-01-01"},
    "observation_decimals_kept": {"decimals": "21"},
    "link_not_to_itself": {"to_pledge": "{pledge}"},
    "target_due_day_or_none": {"due": DAY, "no_due_day": "on"},
    "target_between_two_values": {"comparator": "between"},
    "target_two_values_say_which_decides": {"upper_value": "5"},
    "target_baseline_source_of_a_value": {"baseline_value": "", "baseline_source": "{source}"},
    "target_due_after_window_starts": {"window_start": "2031-01-01"},
    "target_number_has_indicator": {"indicator": ""},
    "target_baseline_named": {
        "comparator": "below_baseline",
        "baseline_value": "",
        "baseline_period": "",
    },
    "target_per_cent_of_a_change": {"kind": "reach", "per_cent": "on"},
    "target_partly_share_inside": {"partly_met_share": "1.5"},
    "target_decimals_kept": {"decimals": "21"},
    "target_one_primary_for_undertaking": {"undertaking": "{undertaking}"},
}


@pytest.fixture
def rows(
    make_party, make_leader, make_summit, make_topic, make_source, make_figures, make_pledge,
    make_evidence, make_search_note, make_assessment, make_outside_report,
):  # fmt: skip
    """One row of every model at the desk, a draft that could be saved, by model name."""
    japan = models.Party.objects.get(slug="japan")
    models.Party.objects.create(slug="france", name="France", kind="state", iso_code="FRA")
    bloc = make_party("bloc", state="draft", kind="bloc")
    bloc.memberships.create(member=japan, starts_on=date(2020, 1, 1))
    bloc.names.create(name="The Bloc", language="en")
    leader = make_leader(state="draft")
    tenure = leader.tenures.create(party=japan, office="Premier", starts_on=date(2020, 1, 1))
    summit = make_summit(state="draft")
    summit.participations.create(party=japan, leader=leader, tenure=tenure)
    source = make_source("read", state="draft")
    source.statements.create(quote="We will.", not_tracked_reason="Praise.")
    make_figures("share", (japan, 2025, "2.10"), state="draft")
    models.Indicator.objects.update(state="draft")
    pledge = make_pledge("pledge", state="draft")
    indicator = models.Indicator.objects.get()
    pledge.targets.create(
        label="Share", kind="change", indicator=indicator, value=2, comparator="falls_by_at_least",
        due=date(2030, 12, 31), baseline_value=3,
    )  # fmt: skip
    pledge.links.create(to_pledge=make_pledge("earlier", state="draft"), kind="reaffirms")
    pledge.quotes.create(text="Nous ferons.", language="fr", whose="official", source=source)
    undertaking = pledge.undertakings.get()
    make_evidence(pledge, state="draft")
    make_search_note(pledge, "searched", state="draft")
    make_assessment(undertaking, "in_progress", state="draft")
    # Only the database asks whether it is published.
    judged = models.Assessment.objects.get()
    models.Undertaking.objects.filter(pk=undertaking.pk).update(current_assessment=judged)
    make_outside_report("report", (undertaking, "met"), state="draft")
    models.Response.objects.create(
        slug="reply", undertaking=undertaking, received_on=date(2026, 1, 1), text="No."
    )
    make_topic("topic", state="draft")
    models.SummitSeries.objects.create(slug="series", name="Series")
    return {
        "bloc": bloc,
        "topic": models.Topic.objects.get(slug="topic"),
        "pledge": pledge,
        "source": source,
        "undertaking": undertaking,
        "own": [bloc, leader, summit, source, pledge, indicator],
    }


def find_place(model, rows):
    """Return the record whose form has a row of `model`, and the beginning of its names there."""
    for root, admin in site._registry.items():
        if root is model and hasattr(admin, "named_by"):
            return pick(root, rows), ""
        for inline in admin.inlines:
            if inline.model is model:
                return pick(root, rows), f"{find_prefix(inline, root)}-0-"
    return None


def find_prefix(inline, root):
    """Return what the names of the rows of `inline` begin with."""
    for field in inline.model._meta.fields:
        if field.related_model is root and inline.fk_name in (None, field.name):
            return field.remote_field.related_name
    raise AssertionError(inline)


def pick(model, rows):
    own = [row for row in rows["own"] if isinstance(row, model)]
    return own[0] if own else model.objects.order_by("pk").last()


def find_column(rule, model):
    """Return the column that the name of a rule has in its middle."""
    names = [field.name for field in model._meta.fields if f"_{field.name}_" in rule.name]
    # The last of them, and of two that end there the longer one.
    return max(
        names, key=lambda name: (rule.name.rfind(f"_{name}_") + len(name), len(name)), default=None
    )


def break_rule(rule, model):
    """Return what is typed to break `rule`."""
    if rule.name in TYPED:
        return TYPED[rule.name]
    column = find_column(rule, model)
    if rule.name.endswith("_length"):
        field = model._meta.get_field(column)
        start = "https://example.org/" if "Web" in type(field).__name__ else ""
        return {column: start + "x" * 20_001}
    if rule.name.endswith("_filled"):
        return {column: ""}
    if rule.name.endswith("_known"):
        return {column: "nonsense"}
    if rule.name.endswith("_ends_after_start"):
        return {"starts_on": "2026-01-02", "ends_on": "2026-01-01"}
    if rule.name.endswith("_day_fits_precision"):
        return {column: "", f"{column}_precision": "month"}
    if rule.name.endswith("_fiscal_start_fits"):
        return {column: DAY, f"{column}_precision": "fiscal_year"}
    if rule.name.endswith("_fiscal_named_fits"):
        return {column: DAY, f"{column}_precision": "day", f"{column}_fiscal_named": "end"}
    if rule.name.endswith("_first_day_fits"):
        return {column: DAY, f"{column}_precision": "period"}
    return {}


def list_rules():
    for model in apps.get_app_config("commitments").get_models():
        if model in NOT_AT_THE_DESK:
            continue
        for rule in model._meta.constraints:
            if rule.name not in NEVER_TYPED and not rule.name.endswith(ENDINGS_NEVER_TYPED):
                yield model, rule


def list_errors(answer):
    """Return {where: sentences} of all that the page refuses."""
    found = dict(answer.context["adminform"].form.errors)
    for inline in answer.context["inline_admin_formsets"]:
        formset = inline.formset
        if formset.non_form_errors():
            found[f"{formset.prefix}-__all__"] = formset.non_form_errors()
        for form in formset.forms:
            for name, sentences in form.errors.items():
                found[f"{form.prefix}-{name}"] = sentences
    return found


def repeat_row(data, start):
    """Add a row to the posted `data` that says what the row that begins with `start` says."""
    prefix = start.removesuffix("-0-")
    for name, values in list(data.items()):
        if name.startswith(start) and not name.endswith("-id"):
            data[f"{prefix}-1-{name.removeprefix(start)}"] = values
        elif name.startswith(f"{prefix}-1-"):
            del data[name]
    data[f"{prefix}-TOTAL_FORMS"] = ["2"]


def post_and_forget(client, page, data):
    """Return the answer to a posted form; whatever it saved is rolled back."""
    with transaction.atomic():
        answer = client.post(page, data)
        transaction.set_rollback(True)
    return answer


def find_faults(answer):
    """Yield what is wrong with how a page refuses what was typed."""
    if answer.status_code != 200:
        yield "it was saved"
        return
    errors = list_errors(answer)
    if not errors:
        yield "it was not refused"
    for where, sentences in errors.items():
        words = " ".join(str(sentence) for sentence in sentences)
        if where.endswith("__all__"):
            yield f"beside no field: {words}"
        elif len(sentences) != 1:
            yield f"more than one sentence at {where}: {words}"
        elif "Constraint “" in words:
            yield f"no sentence at {where}: {words}"


def test_every_constraint_has_its_sentence_beside_a_field(
    rows, filled, address, at_desk, researcher
):
    client, opened = at_desk(researcher), {}
    checked, faults = 0, []
    for model, rule in list_rules():
        place = find_place(model, rows)
        if place is None:
            continue
        record, start = place
        page = address(record)
        if page not in opened:
            opened[page] = client.get(page)
        data = filled(opened[page])
        offered = opened[page].content.decode()
        typed = break_rule(rule, model)
        if not all(f'name="{start}{name}"' in offered for name in typed):
            # The form has no box for it.
            continue
        for name, value in typed.items():
            key = value.strip("{}")
            data[f"{start}{name}"] = [str(rows[key].pk) if value.startswith("{") else value]
        if isinstance(rule, UniqueConstraint) and start:
            repeat_row(data, start)
        answer = post_and_forget(client, page, data)
        faults += [f"{rule.name}: {fault}" for fault in find_faults(answer)]
        checked += 1
    assert not faults, "\n".join(faults)
    assert checked > 130
