"""A hall's services in the Core Public Service Vocabulary of the EU (CPSV-AP 3.2), as Turtle.

https://semiceu.github.io/CPSV-AP/releases/3.2.0/
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from editing.exchange.linked import LANGUAGES, Names, iso
from editing.exchange.listing import duration
from editing.exchange.turtle import Graph, Subject, iri, text
from facts.counts import phone_of, windows_of
from facts.model import Charge, Hall, Material, Office, Service, Text

_HAN = re.compile("[\u3400-\u9fff]")
PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "org": "http://www.w3.org/ns/org#",
    "locn": "http://www.w3.org/ns/locn#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_AUTHORITY = "http://publications.europa.eu/resource/authority/"
_REGION = "http://data.europa.eu/88u/dataset/atu-type"
"""The class that the published shapes want of the area of an organisation."""
_ADMS = "http://purl.org/adms/"
_STATUS = {"active": "Completed", "suspended": "UnderDevelopment", "cancelled": "Withdrawn"}
"""What comes nearest in the vocabulary of ADMS."""


def document(hall: Hall, link: str | None) -> str:
    """The hall's services as Turtle; `link` is where its guides are published."""
    return str(_Document(hall, link).graph)


def _texts(told: Text | None) -> list[str]:
    words = told.words.items() if told else ()
    return [text(each, language=tag) for tag, each in words if each]


def _spoken(words: str) -> str:
    """The language of a name, which guides do not tell: its characters do."""
    return "zh" if _HAN.search(words) else "en"


class _Document:
    def __init__(self, hall: Hall, link: str | None) -> None:
        self.hall = hall
        self.names = Names(hall, link)
        self.graph = Graph(PREFIXES)
        self.area = self.graph.add(self.names.of("area"), "dct:Location")
        self.area.say("a", iri(_REGION))
        self.services = {f"{office.id}/{service.id}" for office, service in hall.services()}
        self.area.say("locn:geographicName", *_texts(hall.name))
        self._organisation("hall", hall.name)
        for office in hall.offices:
            own = self._organisation(f"office/{office.id}", office.office)
            own.say("dct:isPartOf", iri(self.names.of("hall")))
        for office, service in hall.services():
            self._service(office, service)

    def _add(self, kind: str, *parts: str) -> Subject:
        subject = self.graph.add(self.names.of(*parts), kind)
        subject.say("dct:identifier", text("#".join((parts[0], "-".join(parts[1:]))).rstrip("#")))
        return subject

    def _organisation(self, topic: str, name: Text) -> Subject:
        organisation = self._add("cv:PublicOrganisation", topic)
        organisation.say("a", "org:Organization")
        organisation.say("skos:prefLabel", *_texts(name))
        organisation.say("dct:spatial", self.area.term)
        return organisation

    def _service(self, office: Office, service: Service) -> None:
        topic = f"{office.id}/{service.id}"
        own = self.graph.add(self.names.of(topic), "cpsv:PublicService")
        own.say("dct:identifier", text(service.code or topic))
        own.say("dct:title", *_texts(service.name))
        own.say("dct:description", *_texts(service.summary or service.name))
        own.say("cv:hasCompetentAuthority", iri(self.names.of(f"office/{office.id}")))
        own.say("dcat:keyword", *(text(each, language=_spoken(each)) for each in service.also))
        own.say("dct:language", *self._languages())
        own.say("dct:spatial", self.area.term)
        own.say("adms:status", self._concept(f"{_ADMS}status/{_STATUS[service.status]}"))
        limit = service.time_limit
        term = (limit.promised or limit.statutory) if limit else None
        if term:
            own.say("cv:processingTime", text(iso(term), kind="xsd:duration"))
        self._contact(own, topic, phone_of(self.hall, office, service))
        self._channels(own, topic, office, service)
        self._costs(own, topic, service.fee)
        self._evidence(own, topic, service.materials or ())
        self._rules(own, topic, service)
        self._output(own, topic, service)
        related = (each.rpartition(":")[2] for each in service.related)
        services = (each for each in related if each in self.services)
        own.say("cv:relatedService", *(iri(self.names.of(each)) for each in services))
        if service.verified_on:
            own.say("dct:modified", text(service.verified_on.isoformat(), kind="xsd:date"))

    def _concept(self, address: str) -> str:
        """A term of a vocabulary; the published shapes want its class told."""
        return self.graph.add(address, "skos:Concept").term

    def _languages(self) -> Iterable[str]:
        known = (LANGUAGES.get(each.partition("-")[0]) for each in self.hall.languages)
        addresses = [f"{_AUTHORITY}language/{each}" for each in known if each]
        return [self.graph.add(each, "dct:LinguisticSystem").term for each in addresses]

    def _contact(self, own: Subject, topic: str, phone: str | None) -> None:
        if phone:
            contact = self.graph.add(self.names.of(topic, "contact"), "cv:ContactPoint")
            contact.say("cv:telephone", text(phone))
            own.say("cv:contactPoint", contact.term)

    def _channels(self, own: Subject, topic: str, office: Office, service: Service) -> None:
        for window in windows_of(self.hall, office, service):
            channel = self._add("cv:Channel", topic, "window", window.number)
            channel.say(
                "dct:description",
                *_texts(window.name or Text({self.hall.languages[0]: window.number})),
            )
            channel.say("cv:ownedBy", iri(self.names.of(f"office/{office.id}")))
            own.say("cv:hasChannel", channel.term)
        if service.online:
            channel = self._add("cv:Channel", topic, "online")
            channel.say("dct:description", *_texts(service.online))
            own.say("cv:hasChannel", channel.term)

    def _costs(self, own: Subject, topic: str, fee: tuple[Charge, ...] | None) -> None:
        if fee == ():
            fee = (Charge(amount=Text({"": "0"})),)
        for number, charge in enumerate(fee or (), 1):
            cost = self._add("cv:Cost", topic, "cost", str(number))
            amount = next(iter(charge.amount.words.values()), "")
            if amount.replace(".", "", 1).isdigit():
                cost.say("cv:hasValue", text(amount, kind="xsd:double"))
                currency = charge.currency or self.hall.currency
                cost.say("cv:currency", self._concept(f"{_AUTHORITY}currency/{currency}"))
            else:
                cost.say("dct:description", *_texts(charge.amount))
            cost.say("dct:description", *_texts(charge.for_), *_texts(charge.note))
            own.say("cv:hasCost", cost.term)

    def _evidence(self, own: Subject, topic: str, materials: Iterable[Material]) -> None:
        for number, material in enumerate(materials, 1):
            evidence = self._add("cv:Evidence", topic, "material", str(number))
            evidence.say("dct:title", *_texts(material.name))
            evidence.say("dct:description", *_texts(material.when), *_texts(material.note))
            own.say("cpsv:hasInput", evidence.term)

    def _rules(self, own: Subject, topic: str, service: Service) -> None:
        """Conditions, steps and terms as rules; the laws behind them as legal resources."""
        limit = service.time_limit
        terms = [each for each in ((limit.statutory, limit.promised) if limit else ()) if each]
        language = self.hall.languages[0]
        told = [*service.conditions, *service.steps]
        told += [Text({language: duration(term, language)}) for term in terms]
        laws = []
        for number, law in enumerate(service.basis, 1):
            legal = self.graph.add(self.names.of(topic, "law", str(number)), "eli:LegalResource")
            legal.say("dct:title", *_texts(law))
            own.say("cv:hasLegalResource", legal.term)
            laws.append(legal.term)
        for number, each in enumerate(told, 1):
            rule = self._add("cpsv:Rule", topic, "rule", str(number))
            rule.say("dct:title", *_texts(service.name))
            rule.say("dct:description", *_texts(each))
            rule.say("cpsv:implements", *laws)
            own.say("cpsv:follows", rule.term)

    def _output(self, own: Subject, topic: str, service: Service) -> None:
        if service.result:
            output = self._add("cv:Output", topic, "result")
            output.say("dct:title", *_texts(service.result))
            own.say("cpsv:produces", output.term)
