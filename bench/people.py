"""Example people in several scripts, always the same for the same number: for the benchmarks."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from store.fields import utc_text
from store.listing import index
from store.listing.places import sunk

if TYPE_CHECKING:
    from store.database import Store

_NAMES = {
    "ua": (
        "Оксана Тарас Леся Ганна Богдан Ярина Остап Марія Юрій Соломія Іван Катерина Олег Дарина",
        "Шевч Кова Бонд Мельн Ткач Коваль Олій Савч Руд Мороз Лис Петр Кравч Поліщ Гонч Іванч",
        "енко ук ський чук ак ишин ів юк ець",
    ),
    "br": (
        "José Maria João Ana Luís Inês Conceição Antônio Márcia Rui Beatriz Tomás Vitória Caio",
        "Silv Sant Oliv Perei Cost Almei Ferrei Rodrigu Simõ Carvalh Gom Martin Araúj Barbos",
        "a os eira es o inho ão eiros",
    ),
    "pl": (
        "Łukasz Zofia Paweł Małgorzata Jerzy Żaneta Stanisław Agnieszka Michał Wojciech Ewa",
        "Kowal Nowak Wiśniew Wójc Zieliń Szymań Dąbrow Kozł Jankow Mazur Krawcz Piotrow",
        "ski owicz ik czyk ska ak owska",
    ),
    "us": (
        "James Mary Robert Linda Michael Susan William Karen David Nancy Emma Oliver Noah Grace",
        "Smith John William Brown Jon Garc Mill Dav Wilson Ander Thom Tayl Moor Jack Robin Har",
        "son s er ton ley man field well",
    ),
    "gr": (
        "Γιώργος Μαρία Νίκος Ελένη Κώστας Σοφία Δημήτρης Άννα",
        "Παπαδ Γεωργ Δημητρ Νικολ Οικονόμ Βασιλ Χριστ Αλεξ",
        "όπουλος ίου άκης ίδης ου άς",
    ),
    "de": (
        "Jörg Käthe Günther Bärbel Jürgen Heike Björn Anneliese Götz Swantje",
        "Müll Schmid Groß Weiß Schäf Köhl Krüg Bäck Vog Jäg Königs Strauß",
        "er mann el bauer hof berg meister",
    ),
}
_DOMAINS = ("acme.com.ua", "vendas-acme.com.br", "acme-sales.com", "acme.pl", "mail.acme.com")
_LATIN = str.maketrans(
    "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяαβγδεζηθικλμνξοπρσςτυφχψω",
    "abvggdeejzyiiyklmnoprstufhccsspuaabgdeziuiklmnxoprsstyfhpo",
)
_WEIGHTS = {"ua": 30, "br": 25, "pl": 10, "us": 20, "gr": 5, "de": 10}


@dataclass(frozen=True, slots=True)
class Person:
    """One made-up person. `role` and `teams` are numbers from 1 on, as the tables have them."""

    first: str
    last: str
    login: str
    email: str
    phone: str
    status: str
    role: int
    teams: tuple[int, ...]


def people(number: int, seed: int = 1) -> Iterator[Person]:
    """So many people; one surname in three is double or carries a syllable of its own."""
    chance = random.Random(seed)
    parts = {land: [words.split() for words in lists] for land, lists in _NAMES.items()}
    lands = chance.choices(list(_WEIGHTS), list(_WEIGHTS.values()), k=number)
    statuses = chance.choices(("active", "pending", "blocked", "inactive"), (88, 5, 3, 4), k=number)
    for position, (land, status) in enumerate(zip(lands, statuses, strict=True), 1):
        firsts, stems, endings = parts[land]
        first = chance.choice(firsts)
        last = chance.choice(stems) + chance.choice(endings)
        kind = chance.random()
        if kind < 0.15:
            last = f"{last}-{chance.choice(stems)}{chance.choice(endings)}"
        elif kind < 0.35:
            last = chance.choice(stems) + chance.choice(endings) + chance.choice(endings)
        login = f"{_latin(first)}.{_latin(last)}{position}"
        yield Person(
            first,
            last,
            login,
            f"{login}@{chance.choice(_DOMAINS)}",
            f"+{chance.choice((380, 55, 48, 1, 30, 49))}{chance.randrange(10**8, 10**9)}",
            status,
            chance.randint(1, 5),
            (chance.randint(1, 8),),
        )


def _latin(name: str) -> str:
    return name.lower().translate(_LATIN)


_USER = (
    "id", "login", "email", "first_name", "last_name", "phone", "country", "language", "position",
    "role_id", "admin", "owner", "simulator_only", "status", "status_since",
    "password_temporary", "last_seen", "created", "version", "bottom", "last_key", "first_key",
    "search_key",
)  # fmt: skip
_BATCH = 5000


def settle(store: "Store", number: int) -> None:
    """Put so many people into an empty account, past all rules: tables and search index."""
    now = utc_text(store.clock())
    names = [("usher_role", "Role", 5), ("usher_team", "Team", 8)]
    user = f"INSERT INTO usher_user ({', '.join(_USER)}) VALUES ({', '.join('?' * len(_USER))})"
    crowd = enumerate(people(number), 1)
    with store.read():
        with store.database.atomic():
            for table, word, many in names:
                extra = ", built_in" if table == "usher_role" else ""
                store.sql_many(
                    f"INSERT INTO {table} (name, name_key{extra})"
                    f" VALUES (?, ?{', false' if extra else ''})",
                    [(f"{word} {n}", f"{word.lower()} {n}") for n in range(1, many + 1)],
                )
        while batch := list(islice(crowd, _BATCH)):
            with store.database.atomic():
                keys = [
                    index.search_key(one.first, one.last, one.login, one.email, one.phone, n)
                    for n, one in batch
                ]
                store.sql_many(
                    user,
                    [_row(n, one, key, now) for (n, one), key in zip(batch, keys, strict=True)],
                )
                store.sql_many(
                    "INSERT INTO usher_membership (user_id, team_id) VALUES (?, ?)",
                    [(n, team) for n, one in batch for team in one.teams],
                )
                index.put(
                    store,
                    [
                        (n, None, index.grams(key, one.status, one.role, one.teams))
                        for (n, one), key in zip(batch, keys, strict=True)
                    ],
                )
        if store.postgres:
            store.sql("ANALYZE")


def _row(number: int, one: Person, key: str, now: str) -> tuple[object, ...]:
    first, last, _rest = key.split(index.SEPARATOR, 2)
    return (
        number, one.login, one.email, one.first, one.last, one.phone, "UA", "uk", "",
        one.role, False, False, False, one.status, now,
        False, now if one.status == "active" else None, now, 1, sunk(one.status), last, first, key,
    )  # fmt: skip
