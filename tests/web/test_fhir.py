"""The FHIR server: what can be read, what a response may hold, and how it says what is wrong."""

from base64 import b64decode, b64encode
from hashlib import sha1
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.fhir import Resource, problems, response
from tests.sheets import given
from tests.web.page import Page, text_of
from webapp.rulebook.rulebook import Rulebook
from webapp.web.app import create_app
from webapp.web.fhir_answers import MOST_ISSUES

EVALUATE = "/fhir/QuestionnaireResponse/$evaluate"
MEI = "mei-everything-answered-planning-children"
FHIR = {"Content-Type": "application/fhir+json"}


def sent(client: FlaskClient, body: Any) -> TestResponse:
    return client.post(EVALUATE, json=body, headers=FHIR)


def refused(client: FlaskClient, body: Any) -> list[tuple[str, str, str]]:
    """Return what is wrong with a body, as (code, text, place), after a look at the outcome itself."""
    answer = sent(client, body)
    outcome = answer.get_json()
    assert (answer.status_code, answer.mimetype) == (422, "application/fhir+json")
    assert outcome["resourceType"] == "OperationOutcome"
    assert problems(outcome) == []
    return [(each["code"], each["details"]["text"], *each["expression"]) for each in outcome["issue"]]


# ---- what can be read


def test_the_questionnaire_is_found_by_a_search_and_read_at_its_own_address(client: FlaskClient) -> None:
    found = client.get("/fhir/Questionnaire").get_json()
    (entry,) = found["entry"]
    assert (found["type"], found["total"]) == ("searchset", 1)
    assert client.get("/fhir/Questionnaire/discussion-guide").get_json() == entry["resource"]
    assert entry["fullUrl"] == entry["resource"]["url"] == "http://localhost/fhir/Questionnaire/discussion-guide"


def test_a_search_knows_the_id_the_address_and_the_version(client: FlaskClient, rulebook: Rulebook) -> None:
    def count(**asked: str) -> int:
        found = client.get("/fhir/CodeSystem", query_string=asked).get_json()
        assert problems(found) == []
        return int(found["total"])

    assert count() == count(version=rulebook.header.version) == len(rulebook.questions)
    assert (
        count(_id="ms-type")
        == count(url="http://localhost/fhir/CodeSystem/ms-type")
        == count(_id="ms-type", x="y")
        == 1
    )
    assert count(version="1") == count(_id="ms-type", version="1") == 0


def test_what_the_server_says_of_itself_is_true(client: FlaskClient) -> None:
    said = client.get("/fhir/metadata").get_json()
    (rest,) = said["rest"]
    for resource in rest["resource"]:
        if "interaction" in resource:
            (*_, entry) = client.get(f"/fhir/{resource['type']}").get_json()["entry"]
            path = entry["fullUrl"].removeprefix("http://localhost")
            assert client.get(path).get_json() == entry["resource"]
    (operation,) = (each for resource in rest["resource"] for each in resource.get("operation", ()))
    definition = client.get(operation["definition"].removeprefix("http://localhost")).get_json()
    (kind,) = definition["resource"]
    assert sent(client, response({})).request.path == f"/fhir/{kind}/${definition['code']}"


def test_addresses_are_those_of_the_public_address(rulebook: Rulebook) -> None:
    client = create_app(rulebook, "https://ms.example/guide").test_client()
    assert client.get("/fhir/Questionnaire/discussion-guide").get_json()["url"] == (
        "https://ms.example/guide/fhir/Questionnaire/discussion-guide"
    )


def test_each_request_gets_the_addresses_and_the_format_that_it_came_for(client: FlaskClient) -> None:
    path = "/fhir/Questionnaire/discussion-guide"
    for host in ("one.example", "two.example", "one.example"):
        assert client.get(path, base_url=f"https://{host}").get_json()["url"] == f"https://{host}{path}"
        assert client.get(path, base_url=f"https://{host}", headers={"Accept": "text/turtle"}).status_code == 406


@pytest.mark.parametrize("path", ["/fhir/metadata", "/fhir/Questionnaire", "/fhir/CodeSystem/interest"])
def test_what_is_the_same_for_everybody_may_be_cached_and_is_valid(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.mimetype == "application/fhir+json"
    assert answer.headers["Cache-Control"].startswith("public")
    assert problems(answer.get_json()) == []


# ---- formats


@pytest.mark.parametrize("wanted", ["json", "application/json", "application%2Ffhir%2Bjson", "application/fhir+json"])
def test_json_is_the_format(client: FlaskClient, wanted: str) -> None:
    answer = client.get(f"/fhir/metadata?_format={wanted}", headers={"Accept": "application/fhir+xml"})
    assert (answer.status_code, answer.mimetype) == (200, "application/fhir+json")


@pytest.mark.parametrize("accepted", ["application/fhir+json", "application/json", "*/*", "text/html,*/*;q=0.1"])
def test_whoever_takes_json_gets_it(client: FlaskClient, accepted: str) -> None:
    assert client.get("/fhir/metadata", headers={"Accept": accepted}).status_code == 200


@pytest.mark.parametrize(
    ("path", "accepted"), [("?_format=xml", "application/fhir+json"), ("", "application/fhir+xml"), ("", "text/turtle")]
)
def test_whoever_takes_only_another_format_is_told(client: FlaskClient, path: str, accepted: str) -> None:
    answer = client.get(f"/fhir/metadata{path}", headers={"Accept": accepted})
    assert (answer.status_code, answer.get_json()["resourceType"]) == (406, "OperationOutcome")


@pytest.mark.parametrize(
    ("to", "body", "status", "code"),
    [
        ("GET /fhir/Patient", b"", 404, "not-found"),
        ("GET /fhir/Questionnaire/other", b"", 404, "not-found"),
        ("GET /fhir/nothing/at/all", b"", 404, "not-found"),
        ("POST /fhir/Questionnaire", b"{}", 405, "not-supported"),
        (f"POST {EVALUATE}", b"{", 400, "invalid"),
        (f"POST {EVALUATE}", b'{"item": [], "item": []}', 400, "invalid"),
        (f"POST {EVALUATE}", b"[" * 50_000, 400, "invalid"),
        (f"POST {EVALUATE}", b"{}" + b" " * 70_000, 413, "too-long"),
    ],
)
def test_every_error_is_an_operationoutcome(client: FlaskClient, to: str, body: bytes, status: int, code: str) -> None:
    method, path = to.split()
    answer = client.open(path, method=method, data=body, headers=FHIR if body else {})
    assert (answer.status_code, answer.mimetype) == (status, "application/fhir+json")
    assert [issue["code"] for issue in answer.get_json()["issue"]] == [code]
    assert problems(answer.get_json()) == []


def test_a_form_is_no_json(client: FlaskClient) -> None:
    answer = client.post(EVALUATE, data={"ms_type": "dont_know"})
    assert (answer.status_code, answer.get_json()["issue"][0]["code"]) == (415, "not-supported")


# ---- the sheet


@pytest.mark.parametrize("person", [MEI, "rosa-nothing-answered", "kavita-nmosd"])
def test_the_sheet_is_that_of_the_form(client: FlaskClient, person: str) -> None:
    answer = sent(client, response(given(person)))
    made = answer.get_json()
    parts = {entry["resource"]["resourceType"]: entry["resource"] for entry in made["entry"]}
    page = Page(client.post("/sheet", data=given(person)).text)
    found = [each["id"] for group in parts["Composition"]["section"][2:-2] for each in group["section"]]
    shown = [element.get("id") for element in page.all("article.point")]
    assert [name for name in found if name in shown] == shown
    assert shown
    asked = "".join(f"<li>{text_of(each)}</li>" for each in page.all(".visit__text"))
    assert asked in parts["Composition"]["section"][1]["text"]["div"].replace("&#x27;", "'")
    assert answer.headers["Cache-Control"] == "no-store"
    assert problems(made) == []


def test_the_document_is_the_pdf_of_the_form(client: FlaskClient) -> None:
    (document,) = (
        entry["resource"]["content"][0]["attachment"]
        for entry in sent(client, response(given(MEI))).get_json()["entry"]
        if entry["resource"]["resourceType"] == "DocumentReference"
    )
    file = b64decode(document["data"])
    assert file == client.post("/sheet.pdf", data=given(MEI)).data
    assert document["size"] == len(file)
    assert document["hash"] == b64encode(sha1(file).digest()).decode()


def test_a_response_may_be_wrapped_in_parameters(client: FlaskClient) -> None:
    inside = response(given(MEI))
    wrapped = {"resourceType": "Parameters", "parameter": [{"name": "questionnaire-response", "resource": inside}]}
    assert sent(client, wrapped).get_json() == sent(client, inside).get_json()


@pytest.mark.parametrize(
    "form", ["Questionnaire/discussion-guide", "http://localhost/fhir/Questionnaire/discussion-guide|1"]
)
def test_a_response_may_name_our_questionnaire_in_each_way(client: FlaskClient, form: str) -> None:
    assert sent(client, response({}, questionnaire=form)).status_code == 200


def test_groups_versions_and_what_describes_the_form_change_nothing(client: FlaskClient) -> None:
    plain = response({"ms_type": "relapsing_remitting", "age_band": "from_18_to_44"})
    first, second = plain["item"]
    coding = first["answer"][0]["valueCoding"]
    system = "https://other.example/fhir/CodeSystem/ms-type"
    dressed = {
        **plain,
        "status": "in-progress",
        "authored": "2026-11-28T10:00:00Z",
        "language": "en",
        "meta": {
            "profile": ["http://hl7.org/fhir/4.0/StructureDefinition/QuestionnaireResponse"],
            "tag": [{"code": "x"}],
        },
        "questionnaire": "https://other.example/fhir/Questionnaire/discussion-guide|2020.1.1",
        "item": [
            {"linkId": "your_ms.intro", "text": "Read this"},
            {
                "linkId": "your_ms",
                "item": [
                    {
                        **first,
                        "text": "Which kind?",
                        "answer": [{"valueCoding": {**coding, "system": system, "display": "RRMS"}, "item": [second]}],
                    },
                    {"linkId": "mri_12m"},
                ],
            },
        ],
    }
    assert sent(client, dressed).get_json() == sent(client, plain).get_json()


# ---- nobody is named


PATIENT = {"reference": "Patient/1"}
ITEM: Resource = {"linkId": "ms_type", "answer": [{"valueCoding": {"code": "relapsing_remitting"}}]}


@pytest.mark.parametrize(
    ("element", "value"),
    [
        ("subject", PATIENT),
        ("subject", {"display": "Ada Example"}),
        ("author", PATIENT),
        ("source", PATIENT),
        ("encounter", {"reference": "Encounter/1"}),
        ("identifier", {"value": "943 476 5919"}),
        ("basedOn", [{"reference": "ServiceRequest/1"}]),
        ("partOf", [{"reference": "Procedure/1"}]),
        ("contained", [{"resourceType": "Patient"}]),
        ("extension", [{"url": "https://x.example", "valueString": "Ada"}]),
        ("modifierExtension", [{"url": "https://x.example", "valueString": "Ada"}]),
        ("text", {"status": "generated", "div": "<div>Ada Example</div>"}),
        ("id", "ada"),
        ("_status", {"extension": []}),
        ("anythingNew", "Ada"),
    ],
)
def test_what_can_say_who_somebody_is_is_refused_with_the_reason(client: FlaskClient, element: str, value: Any) -> None:
    ((code, text, place),) = refused(client, response(given(MEI), **{element: value}))
    assert (code, place) == ("business-rule", f"QuestionnaireResponse.{element}")
    assert text == f"'{element}' can say who somebody is. We never ask that: send the answers without it."


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({"meta": {"source": "https://hospital.example/ada"}}, "meta.source"),
        ({"meta": {"tag": [{"code": "x", "extension": []}]}}, "meta.tag[0].extension"),
        ({"item": [{**ITEM, "extension": []}]}, "item[0].extension"),
        ({"item": [{**ITEM, "id": "ada"}]}, "item[0].id"),
        ({"item": [{"linkId": "your_ms", "item": [{**ITEM, "_text": {}}]}]}, "item[0].item[0]._text"),
        ({"item": [{**ITEM, "answer": [{**ITEM["answer"][0], "extension": []}]}]}, "item[0].answer[0].extension"),
        (
            {"item": [{**ITEM, "answer": [{"valueCoding": {"code": "x", "extension": []}}]}]},
            "item[0].answer[0].value.extension",
        ),
    ],
)
def test_nor_is_it_accepted_anywhere_below(client: FlaskClient, body: Resource, place: str) -> None:
    ((code, _, where),) = refused(client, response({}, **body))
    assert (code, where) == ("business-rule", f"QuestionnaireResponse.{place}")


@pytest.mark.parametrize("value", [{"valueString": "Ada"}, {"valueReference": PATIENT}, {"valueAttachment": {}}])
def test_an_answer_in_own_words_is_refused(client: FlaskClient, value: Resource) -> None:
    found = refused(client, response({}, item=[{"linkId": "ms_type", "answer": [value]}]))
    assert [(code, place) for code, _, place in found] == [
        ("required", "QuestionnaireResponse.item[0].answer[0].value"),
        ("business-rule", "QuestionnaireResponse.item[0].answer[0].value"),
    ]
    assert "Ada" not in str(found)


def test_parameters_have_no_other_place_for_somebody(client: FlaskClient) -> None:
    inside = {"name": "questionnaire-response", "resource": response({}, subject=PATIENT)}
    wrapped = {"resourceType": "Parameters", "id": "ada", "parameter": [{**inside, "valueString": "Ada"}]}
    assert {place for _, _, place in refused(client, wrapped)} == {
        "Parameters.id",
        "Parameters.parameter[0].value",
        "Parameters.parameter[0].resource.subject",
    }
    two = {"resourceType": "Parameters", "parameter": [inside, {"name": "patient", "valueString": "Ada"}]}
    assert refused(client, two)


# ---- answers that are none


def test_an_unknown_question_and_an_unknown_option_are_told_with_the_nearest_id(client: FlaskClient) -> None:
    found = refused(client, response({"ms_typ": "cis", "age_band": "from_18_to_45"}))
    assert found == [
        ("value", "ms_typ: there is no question 'ms_typ'; did you mean 'ms_type'?", "QuestionnaireResponse.item[0]"),
        (
            "value",
            "age_band: 'from_18_to_45' is not one of the answers; did you mean 'from_18_to_44'?",
            "QuestionnaireResponse.item[1]",
        ),
    ]


def test_what_a_client_without_exclusive_options_lets_through_is_refused(client: FlaskClient) -> None:
    ((_, text, place),) = refused(client, response({"dmt_ever": ["none", "natalizumab"]}))
    assert "not both" in text
    assert place == "QuestionnaireResponse.item[0]"


@pytest.mark.parametrize(
    ("body", "code", "place", "said"),
    [
        ({"item": [ITEM, ITEM]}, "duplicate", "item[1]", "'ms_type' is there twice"),
        ({"item": [{**ITEM, "linkId": "your_ms"}]}, "structure", "item[0].answer", "no question"),
        (
            {"item": [{**ITEM, "answer": [{"valueCoding": {"code": "cis", "system": "http://loinc.org"}}]}]},
            "code-invalid",
            "item[0].answer[0].value.system",
            "…/CodeSystem/ms-type",
        ),
        ({"questionnaire": "https://x.example/Questionnaire/phq-9"}, "value", "questionnaire", "phq-9"),
        ({"status": "entered-in-error"}, "structure", "status", "status"),
        ({"item": {"linkId": "ms_type"}}, "structure", "item", "list"),
        ({"item": [{}]}, "required", "item[0].linkId", "linkId"),
    ],
)
def test_other_faults_have_a_place_too(client: FlaskClient, body: Resource, code: str, place: str, said: str) -> None:
    ((its_code, text, where),) = refused(client, response({}, **body))
    assert (its_code, where) == (code, f"QuestionnaireResponse.{place}")
    assert said in text


@pytest.mark.parametrize(
    "body", [0, [], "x", {}, {"resourceType": "Patient", "name": [{"family": "Ada"}]}, {"answers": {}}]
)
def test_what_is_no_response_is_not_repeated(client: FlaskClient, body: Any) -> None:
    ((code, text, _),) = refused(client, body)
    assert (code, text) == ("structure", "send a QuestionnaireResponse, alone or in Parameters")


def test_items_that_are_too_deep_are_refused(client: FlaskClient) -> None:
    item: Resource = {"linkId": "a"}
    for _ in range(400):
        item = {"linkId": "a", "item": [item]}
    assert refused(client, response({}, item=[item]))


def test_no_more_is_said_than_anybody_reads(client: FlaskClient) -> None:
    for items in ([{"x": 1}] * 500, [ITEM] * 500):
        assert len(refused(client, response({}, item=items))) == MOST_ISSUES


def test_answers_go_out_compressed_as_other_pages_do(app: Flask) -> None:
    answer = app.test_client().get("/fhir/Questionnaire", headers={"Accept-Encoding": "br"})
    assert answer.headers["Content-Encoding"] == "br"
