"""Guides as schema.org in JSON-LD and as CPSV-AP in Turtle, read by a reader of RDF."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import rdflib
import yaml
from rdflib import DCAT, DCTERMS, ORG, RDF, SKOS, XSD, Literal, URIRef
from rdflib.namespace import Namespace

from editing.exchange import cpsv, jsonld
from editing.exchange.linked import iso
from facts.guides import read_guides
from facts.model import Duration, Hall

SAMPLE = Path(__file__).parents[2] / "guides" / "taiping"
LINK = "https://hall.example/guides"
CPSV = Namespace("http://purl.org/vocab/cpsv#")
CV = Namespace("http://data.europa.eu/m8g/")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
CURRENCY = "http://publications.europa.eu/resource/authority/currency/"
SERVICES: list[dict[str, Any]] = [
    {
        "id": "permit", "name": {"zh": "许可", "en": 'A "permit"\\ \n{x}'}, "code": "1100",
        "also": ["证"],
        "audience": "business", "phone": "0000-1", "window": "3", "result": "许可证",
        "materials": ["身份证", {"name": "申请表", "note": "一式两份"}], "basis": ["《甲法》"],
        "conditions": ["成年"], "steps": ["申请", "领证"], "time_limit": {"promised": "5个工作日"},
        "fee": [{"amount": 20, "for": "工本费"}, {"amount": "10-50"}, "按面积"],
        "related": ["o/free"],
        "online": "https://online.example/", "hours": ["Mon-Fri 08:30-12:00"],
    },
    {"id": "free", "name": "免费的", "fee": "free"},
    {"id": "bare", "name": "只有名称"},
]  # fmt: skip


@pytest.fixture
def hall(tmp_path: Path) -> Hall:
    told = {
        "name": "大厅",
        "languages": ["zh", "en"],
        "address": "路1号",
        "windows": [{"number": 3, "name": "三"}],
    }
    (tmp_path / "hall.yaml").write_text(yaml.safe_dump(told), "utf-8")
    office = yaml.safe_dump({"office": "单位", "services": SERVICES})
    (tmp_path / "o.yaml").write_text(office, "utf-8")
    return read_guides(tmp_path).halls[0]


def graph(hall: Hall, link: str | None = LINK) -> rdflib.Graph:
    return rdflib.Graph().parse(data=cpsv.document(hall, link), format="turtle")


def node(topic: str) -> URIRef:
    return URIRef(f"{LINK}/{topic}")


REQUIRED = {
    CPSV.PublicService: (
        DCTERMS.identifier,
        DCTERMS.title,
        DCTERMS.description,
        CV.hasCompetentAuthority,
    ),
    CV.PublicOrganisation: (DCTERMS.identifier, SKOS.prefLabel, DCTERMS.spatial),
    CV.Cost: (DCTERMS.identifier,),
    CV.Evidence: (DCTERMS.identifier, DCTERMS.title),
    CPSV.Rule: (DCTERMS.identifier, DCTERMS.title, DCTERMS.description),
    CV.Output: (DCTERMS.identifier, DCTERMS.title),
    CV.Channel: (DCTERMS.identifier,),
}


@pytest.mark.parametrize("link", [LINK, None])
def test_every_thing_has_what_cpsv_ap_requires(hall: Hall, link: str | None) -> None:
    read = graph(hall, link)
    for kind, properties in REQUIRED.items():
        things = set(read.subjects(RDF.type, kind))
        assert things
        for thing in things:
            assert [each for each in properties if not read.value(thing, each, any=True)] == []


CLASSES = {
    CV.hasCompetentAuthority: CV.PublicOrganisation,
    CV.ownedBy: ORG.Organization,
    CV.hasChannel: CV.Channel,
    CV.hasCost: CV.Cost,
    CV.currency: SKOS.Concept,
    CV.contactPoint: CV.ContactPoint,
    CV.hasLegalResource: ELI.LegalResource,
    CV.relatedService: CPSV.PublicService,
    CPSV.hasInput: CV.Evidence,
    CPSV.follows: CPSV.Rule,
    CPSV.implements: ELI.LegalResource,
    CPSV.produces: CV.Output,
    DCTERMS.language: DCTERMS.LinguisticSystem,
    DCTERMS.spatial: DCTERMS.Location,
    URIRef("http://www.w3.org/ns/adms#status"): SKOS.Concept,
}
"""Of which class the published shapes of CPSV-AP 3.2.0 want what a property leads to."""
IN_A_LANGUAGE = (DCTERMS.title, DCTERMS.description, SKOS.prefLabel, DCAT.keyword)
OF_A_KIND = {CV.processingTime: XSD.duration, CV.hasValue: XSD.double}
ONCE = (DCTERMS.identifier, CV.processingTime, CV.hasValue, CV.currency)
REGION = URIRef("http://data.europa.eu/88u/dataset/atu-type")


@pytest.mark.parametrize("of", ["small", "sample"])
def test_what_is_told_is_of_the_classes_and_kinds_that_the_shapes_want(hall: Hall, of: str) -> None:
    read = graph(hall if of == "small" else read_guides(SAMPLE).halls[0])
    for wanted, kind in CLASSES.items():
        led_to = set(read.objects(None, wanted))
        assert led_to or wanted in (CPSV.implements, CPSV.produces)
        assert [each for each in led_to if (each, RDF.type, kind) not in read] == []
    for organisation in read.subjects(RDF.type, CV.PublicOrganisation):
        area = read.value(organisation, DCTERMS.spatial)
        assert (area, RDF.type, REGION) in read
    for wanted in IN_A_LANGUAGE:
        told = [each for each in read.objects(None, wanted) if isinstance(each, Literal)]
        assert {each.language for each in told} <= {"zh", "en"}
    for wanted, kind in OF_A_KIND.items():
        told = [each for each in read.objects(None, wanted) if isinstance(each, Literal)]
        assert {each.datatype for each in told} == {kind}
    for wanted in ONCE:
        holders = list(read.subjects(wanted))
        assert len(holders) == len(set(holders))


@pytest.mark.parametrize("link", [LINK, None])
def test_the_whole_sample_hall_is_rdf(link: str | None) -> None:
    [sample] = read_guides(SAMPLE).halls
    read = graph(sample, link)
    assert len(set(read.subjects(RDF.type, CPSV.PublicService))) == len(list(sample.services()))
    told = {each for each in read.objects() if isinstance(each, URIRef)}
    assert not [each for each in told if str(each).startswith("file:")]


def test_texts_carry_their_languages_and_every_sign(hall: Hall) -> None:
    titles = set(graph(hall).objects(node("o/permit"), DCTERMS.title))
    assert titles == {Literal("许可", lang="zh"), Literal('A "permit"\\ \n{x}', lang="en")}


def test_costs_tell_amounts_and_currencies(hall: Hall) -> None:
    read = graph(hall)
    costs = list(read.objects(node("o/permit"), CV.hasCost))
    values = {float(str(value)) for cost in costs for value in read.objects(cost, CV.hasValue)}
    assert (len(costs), values) == (3, {20.0})
    assert set(read.objects(None, CV.currency)) == {URIRef(f"{CURRENCY}CNY")}
    [free] = read.objects(node("o/free"), CV.hasCost)
    assert float(str(read.value(free, CV.hasValue))) == 0
    assert list(read.objects(node("o/bare"), CV.hasCost)) == []


def test_a_service_is_tied_to_its_evidence_rules_channels_and_laws(hall: Hall) -> None:
    read = graph(hall)
    numbers = {
        each: len(list(read.objects(node("o/permit"), each)))
        for each in (CPSV.hasInput, CPSV.follows, CPSV.produces, CV.hasChannel, CV.hasLegalResource)
    }
    assert list(numbers.values()) == [2, 4, 1, 2, 1]
    assert str(read.value(node("o/permit"), CV.processingTime)) == "P5D"


TERMS = [
    (Duration(0, "on the spot"), "PT0S"),
    (Duration(5, "working days"), "P5D"),
    (Duration(20, "working days"), "P26D"),
    (Duration(60, "days"), "P60D"),
    (Duration(2, "weeks"), "P2W"),
    (Duration(3, "months"), "P3M"),
    (Duration(4, "working hours"), "PT4H"),
    (Duration(1, "years"), "P1Y"),
]


@pytest.mark.parametrize(("term", "written"), TERMS)
def test_terms_are_written_as_iso_8601(term: Duration, written: str) -> None:
    assert iso(term) == written


def things(hall: Hall) -> dict[str, dict[str, Any]]:
    read = json.loads(jsonld.document(hall, LINK))
    return {each["@id"]: each for each in read["@graph"]}


def test_a_government_service_tells_what_citizens_ask(hall: Hall) -> None:
    service = things(hall)[f"{LINK}/o/permit"]
    assert service["@type"] == "GovernmentService"
    assert service["provider"] == {"@id": f"{LINK}/office/o"}
    assert things(hall)[f"{LINK}/office/o"]["@type"] == "GovernmentOrganization"
    assert service["areaServed"]["@type"] == "AdministrativeArea"
    [hours] = service["hoursAvailable"]
    assert (hours["opens"], hours["closes"], len(hours["dayOfWeek"])) == ("08:30", "12:00", 5)
    window, online = service["availableChannel"]
    assert window["servicePhone"]["telephone"] == "0000-1"
    assert window["serviceLocation"]["address"]["@value"] == "路1号"
    assert online["serviceUrl"] == "https://online.example/"
    assert [each["name"]["@value"] for each in service["requiredDocuments"]] == ["身份证", "申请表"]


def test_offers_tell_fees(hall: Hall) -> None:
    told = things(hall)
    first, second, third = told[f"{LINK}/o/permit"]["offers"]
    assert (first["price"], first["priceCurrency"]) == ("20", "CNY")
    assert second["priceSpecification"]["maxPrice"] == "50"
    assert third["priceSpecification"]["description"]["@value"] == "按面积"
    assert told[f"{LINK}/o/free"]["offers"][0]["price"] == "0"
    assert "offers" not in told[f"{LINK}/o/bare"]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_json_ld_is_rdf_without_anything_from_the_network(hall: Hall) -> None:
    told = json.loads(jsonld.document(hall, LINK))
    told["@context"] = [{"@vocab": "https://schema.org/"}, told["@context"][1]]
    read = rdflib.Graph().parse(data=json.dumps(told), format="json-ld")
    services = set(read.subjects(RDF.type, URIRef("https://schema.org/GovernmentService")))
    assert services == {node("o/permit"), node("o/free"), node("o/bare")}
    assert len(list(read.objects(node("o/permit"), CPSV.hasInput))) == 2
