"""What can be said of the files of deploy/ without running them: their official schemas, and what none may do."""

import json
import re
from pathlib import Path
from textwrap import dedent
from typing import Any

import kubernetes_validate
import pytest
import yaml
from flask import Flask, get_template_attribute
from jsonschema import Draft7Validator
from werkzeug.exceptions import RequestEntityTooLarge, ServiceUnavailable

from tests.server import ROOT
from webapp.cli.server import serve
from webapp.rulebook.rulebook import Rulebook
from webapp.web import fhir
from webapp.web.api_problems import KINDS, problem
from webapp.web.app import create_app

DEPLOY = ROOT / "deploy"
CONTAINERFILE = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
COPIES = [name for name in SERVICES if name.startswith("guide-")]
PINNED = re.compile(r"\S+:\d+\.\d+\.\d+[\w.-]*@sha256:[0-9a-f]{64}")
MANIFESTS = [
    manifest
    for path in sorted((DEPLOY / "kubernetes").glob("*.yaml"))
    for manifest in yaml.safe_load_all(path.read_text(encoding="utf-8"))
]
PODS = {each["metadata"]["name"]: each["spec"]["template"] for each in MANIFESTS if each["kind"] == "Deployment"}

CONTAINERS = [container for pod in PODS.values() for container in pod["spec"]["containers"]]


def of(kind: str) -> dict[str, dict[str, Any]]:
    """Return the specs of all manifests of a kind, by name."""
    return {each["metadata"]["name"]: each["spec"] for each in MANIFESTS if each["kind"] == kind}


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda each: f"{each['kind']}-{each['metadata']['name']}")
@pytest.mark.parametrize("version", ["1.30", "1.37"])
def test_every_manifest_follows_the_schema_of_kubernetes(manifest: dict[str, Any], version: str) -> None:
    assert kubernetes_validate.validate(manifest, version, strict=True)


def test_the_manifests_are_all_that_a_service_for_people_needs() -> None:
    kinds = {each["kind"] for each in MANIFESTS}
    assert kinds == {
        "Deployment",
        "HorizontalPodAutoscaler",
        "Namespace",
        "NetworkPolicy",
        "PodDisruptionBudget",
        "Service",
    }
    for kind in ("Service", "PodDisruptionBudget", "NetworkPolicy"):
        assert of(kind).keys() == {"guide", "front"}


def test_every_manifest_is_applied() -> None:
    listed = yaml.safe_load((DEPLOY / "kustomization.yaml").read_text(encoding="utf-8"))
    files = [*listed["resources"], *listed["configMapGenerator"][1]["files"]]
    assert {DEPLOY / file for file in files} == {
        *(DEPLOY / "kubernetes").iterdir(),
        DEPLOY / "nginx" / "nginx.conf",
        DEPLOY / "nginx" / "busy.html",
    }


@pytest.mark.parametrize("container", CONTAINERS, ids=lambda each: each["name"])
def test_no_container_can_do_more_than_it_needs(container: dict[str, Any]) -> None:
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert {"cpu", "memory"} <= container["resources"]["requests"].keys()
    assert "memory" in container["resources"]["limits"]
    assert {"readinessProbe", "livenessProbe"} <= container.keys()


@pytest.mark.parametrize("name", PODS)
def test_no_pod_runs_as_root_or_writes_to_a_disk(name: str) -> None:
    pod = PODS[name]["spec"]
    assert pod["securityContext"]["runAsNonRoot"]
    assert pod["securityContext"]["runAsUser"] > 0
    assert not pod["automountServiceAccountToken"]
    kinds = [kind for volume in pod["volumes"] for kind in volume.keys() - {"name"}]
    assert set(kinds) <= {"emptyDir", "configMap", "secret"}
    assert [
        volume for volume in pod["volumes"] if volume.get("emptyDir", {"medium": "Memory"})["medium"] != "Memory"
    ] == []


def test_every_selector_finds_a_pod_and_every_port_is_one_of_it() -> None:
    labels = [pod["metadata"]["labels"] for pod in PODS.values()]
    selectors = [spec["selector"] for spec in of("Service").values()]
    selectors += [spec["selector"]["matchLabels"] for spec in of("PodDisruptionBudget").values()]
    selectors += [spec["podSelector"]["matchLabels"] for spec in of("NetworkPolicy").values()]
    assert [selector for selector in selectors if selector not in labels] == []
    for name, spec in of("Service").items():
        named = {port["name"] for container in PODS[name]["spec"]["containers"] for port in container["ports"]}
        assert {port["targetPort"] for port in spec["ports"]} <= named
    assert of("HorizontalPodAutoscaler")["guide"]["scaleTargetRef"]["name"] in PODS


def test_a_copy_may_be_asked_by_the_front_only_and_may_ask_nobody() -> None:
    policy = of("NetworkPolicy")["guide"]
    assert policy["policyTypes"] == ["Ingress", "Egress"]
    assert policy["egress"] == []
    (ingress,) = policy["ingress"]
    assert ingress["from"] == [{"podSelector": {"matchLabels": {"app": "front"}}}]


def test_compose_follows_its_specification() -> None:
    schema = json.loads((Path(__file__).parent / "compose-spec.json").read_text(encoding="utf-8"))
    assert [error.message for error in Draft7Validator(schema).iter_errors(COMPOSE)] == []


def test_only_the_front_of_compose_can_be_reached_and_all_that_is_named_is_there() -> None:
    assert len(COPIES) == 3
    assert [name for name in SERVICES if SERVICES[name].get("ports")] == ["front"]
    assert COMPOSE["networks"]["copies"]["internal"]
    assert [list(SERVICES[name]["networks"]) for name in COPIES] == [["copies"]] * len(COPIES)
    assert list(SERVICES["front"]["depends_on"]) == COPIES
    named = re.findall(r"^server (\S+):8000 ", (DEPLOY / "nginx" / "copies.conf").read_text("utf-8"), re.MULTILINE)
    assert named == COPIES


@pytest.mark.parametrize("name", SERVICES)
def test_no_service_of_compose_is_root_or_writes_to_a_disk(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["mem_limit"] == service["memswap_limit"]
    assert [volume for volume in service.get("volumes", []) if not volume.endswith(":ro")] == []
    assert service.get("user", "10001:10001") in {"10001:10001", "101:101"}


def test_images_are_named_by_version_and_content() -> None:
    images = re.findall(r"^FROM (\S+)", CONTAINERFILE, re.MULTILINE)
    images += [SERVICES["front"]["image"], PODS["front"]["spec"]["containers"][0]["image"]]
    assert [image for image in images if not PINNED.fullmatch(image)] == []
    assert len(set(images)) == 2


def test_the_container_is_built_with_the_tools_of_the_makefile_and_runs_as_nobody() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (version,) = re.findall(r"^UV_VERSION := (\S+)$", makefile, re.MULTILINE)
    assert f" uv=={version}\n" in CONTAINERFILE
    assert "--locked" in CONTAINERFILE
    user = re.findall(r"^USER (\d+):", CONTAINERFILE, re.MULTILINE)
    assert user == [str(PODS["guide"]["spec"]["securityContext"]["runAsUser"])]
    copied = re.findall(r"^COPY (.+) \S+$", CONTAINERFILE, re.MULTILINE)
    assert [path for path in " ".join(copied).split() if path[0] not in "-/" and not (ROOT / path).exists()] == []


def test_every_setting_is_an_option_of_the_server_and_is_explained() -> None:
    options = {f"GUIDE_{option.name}".upper() for option in serve.params}
    readme = (DEPLOY / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(GUIDE_[A-Z]+)` ", readme, re.MULTILINE) == sorted(options)
    files = [path for path in DEPLOY.rglob("*") if path.is_file()]
    used = {name for path in files for name in re.findall(r"GUIDE_[A-Z]+", path.read_text(encoding="utf-8"))}
    assert used - {"GUIDE_TLS"} == options


def test_the_files_that_the_readme_proposes_to_write_follow_their_schema() -> None:
    readme = (DEPLOY / "README.md").read_text(encoding="utf-8")
    schema = json.loads((Path(__file__).parent / "compose-spec.json").read_text(encoding="utf-8"))
    (proposed,) = (yaml.safe_load(dedent(block)) for block in re.findall(r"```yaml\n(.*?)```", readme, re.DOTALL))
    assert [error.message for error in Draft7Validator(schema).iter_errors(proposed)] == []
    assert list(proposed["services"]) == COPIES


def test_nginx_says_that_all_copies_are_full_in_the_words_of_the_guide(tiny: Rulebook) -> None:
    app: Flask = create_app(tiny)
    busy = (DEPLOY / "nginx" / "busy.html").read_text(encoding="utf-8")
    with app.test_request_context():
        words = [str(get_template_attribute("errors/explained.html", part)(503)).strip() for part in ("title", "text")]
    assert re.findall(r"<(?:h1|p)>(.+)</", busy) == words


def test_nginx_gives_programs_the_problems_of_the_guide(tiny: Rulebook) -> None:
    settings = (DEPLOY / "nginx" / "nginx.conf").read_text(encoding="utf-8")
    given = [(int(status), text) for status, text in re.findall(r"return (\d+) '(\{.+\})';", settings)]
    kinds = {kind.status: kind for kind in KINDS}
    errors = (RequestEntityTooLarge(), ServiceUnavailable())
    with create_app(tiny).test_request_context():
        outcomes = [(error.code, fhir.error(error).get_data(as_text=True)) for error in errors]
    problems = [(error.code, problem(kinds[error.code], [], "/api").model_dump_json()) for error in errors]
    assert given == problems + outcomes
