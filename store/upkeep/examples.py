"""Example people for `usher demo`, tests of screens and benchmarks: the same ones every time.

They are part of the store because they are written past the verbs, with bulk statements: a demo
shows people who came years ago, and no verb can act in the past. Nobody is `removed`, for a
tombstone has nothing to show.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from store import account, teams
from store.fields import utc_text
from store.listing import fold
from store.models import SettingRow
from store.named import ids_by_key
from store.session import operator_session
from store.settings import Settings
from store.users.writing import NewPerson, insert
from store.values import Draft, Status

if TYPE_CHECKING:
    from store.database import Store

T = TypeVar("T")

ACCOUNT = "Acme"
PASSWORD = "seven quiet herons at dusk"  # noqa: S105  (everybody's, in a throw-away account)
OWNER = Draft(
    first_name="Ольга",
    last_name="Бакум",
    login="olga",
    email="olga.bakum@example.com",
    phone="+380671234567",
    country="UA",
    language="uk",
    position="Operations",
)
SEED = 20260302
BATCH = 500

TEAMS = ("North", "South", "East", "West", "Inside sales", "Key accounts")
ROLES = {"Salesperson": 55, "Manager": 15, "Support": 15, "Read only": 10, "Simulator": 5}
POSITIONS = (
    "Account executive", "Back office", "Менеджер", "Керівниця відділу", "Representante de vendas",
    "Kierownik sprzedaży", "Υπεύθυνος πωλήσεων", "销售代表", "",
)  # fmt: skip
STATUSES = {Status.ACTIVE: 78, Status.PENDING: 9, Status.INACTIVE: 9, Status.BLOCKED: 4}
ADMIN_SHARE, PHONE_SHARE, NEVER_SHARE = 0.02, 0.7, 0.03
OLDEST_DAYS, NEW_DAYS = 900, 60
"""How long ago people came at most, and those who have yet to come."""
AWAY_SHARE, AWAY_DAYS = 0.03, 84
"""Who is locked for being away; all others were here within so many days."""
PASSWORD_DAYS = 125
"""How old the oldest password is: some have to be chosen anew."""
LOCKED_EACH, TRIED_EACH, SOURCES = 83, 29, 40
"""One active person in so many is locked for wrong passwords, or has given a few of them."""
MOST_ATTEMPTS = Settings().lockout_attempts
RECORDS_EACH, RECORDS_MOST = 12, 4_000
"""What the active own on the average, and all of them together at most."""
KINDS = {
    "client": ("active", "lead", "lost"),
    "opportunity": ("open", "won", "lost"),
    "task": ("open", "done"),
    "chat": ("open", "closed"),
    "trigger": ("on", "off"),
    "source": ("",),
}
"""The kinds that there are from the start (DESIGN 3.8), with states as a platform may have them."""
COMPANIES = (
    "Kyiv Grain", "Львівська кава", "Żabka Hurt", "Ferreira & Filhos", "Núñez Hermanos",
    "Northwind", "Blue Harbour", "Ткани Востока", "Ολύμπια", "Smith-Jones Ltd",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Land:
    """Where some of the people come from; a name is written as there, with its Latin spelling.

    `women` and `men` are first names, `names` surnames (of women and of men where they differ);
    `dial` becomes a telephone number by digits in the place of `#`.
    """

    country: str
    language: str
    share: int
    dial: str
    women: str
    men: str
    names: str


_LANDS = (
    _Land(
        "UA", "uk", 26, "+38067#######",
        "Оксана:oksana Леся:lesia Ганна:hanna Наталія:nataliia Соломія:solomiia Юлія:yuliia"
        " Ірина:iryna Катерина:kateryna Олена:olena Зоряна:zoriana",
        "Тарас:taras Богдан:bohdan Андрій:andrii Юрій:yurii Ґалаґан:galagan Євген:yevhen"
        " Олександр:oleksandr Ігор:ihor Матвій:matvii Степан:stepan",
        "Шевченко:shevchenko Шевчук:shevchuk Коваленко:kovalenko Щербань:shcherban Ґудзь:gudz"
        " Їжакевич:yizhakevych Мельник:melnyk Бондаренко:bondarenko Кравець:kravets Лисенко:lysenko"
        " Ткаченко:tkachenko Зінченко:zinchenko Гаврилюк:havryliuk Пономаренко:ponomarenko",
    ),
    _Land(
        "KZ", "ru", 10, "+7701#######",
        "Наталья:natalia Елена:elena Ольга:olga Алёна:alena Светлана:svetlana Татьяна:tatiana",
        "Пётр:petr Сергей:sergei Дмитрий:dmitry Алексей:alexei Михаил:mikhail Фёдор:fedor",
        "Иванова/Иванов:ivanov Соловьёва/Соловьёв:soloviev Кузнецова/Кузнецов:kuznetsov"
        " Новикова/Новиков:novikov Жук:zhuk Попова/Попов:popov Лебедева/Лебедев:lebedev"
        " Морозова/Морозов:morozov Черных:chernykh",
    ),
    _Land(
        "PL", "pl", 14, "+48601######",
        "Małgorzata:malgorzata Agnieszka:agnieszka Zofia:zofia Łucja:lucja Joanna:joanna Ewa:ewa",
        "Wojciech:wojciech Łukasz:lukasz Paweł:pawel Grzegorz:grzegorz Marek:marek Jan:jan",
        "Żółkiewska/Żółkiewski:zolkiewski Wiśniewska/Wiśniewski:wisniewski"
        " Dąbrowska/Dąbrowski:dabrowski Nowak:nowak Wójcik:wojcik Kamińska/Kamiński:kaminski"
        " Woźniak:wozniak Pawłowska/Pawłowski:pawlowski Zając:zajac Król:krol",
    ),
    _Land(
        "ES", "es", 12, "+34612######",
        "María:maria Lucía:lucia Begoña:begona Inés:ines Carmen:carmen Rocío:rocio",
        "José:jose Íñigo:inigo Álvaro:alvaro Andrés:andres Jesús:jesus Pablo:pablo",
        "Martínez:martinez Núñez:nunez García:garcia Peña:pena Ibáñez:ibanez Sánchez:sanchez"
        " Gutiérrez:gutierrez Muñoz:munoz Domínguez:dominguez Vázquez:vazquez",
    ),
    _Land(
        "BR", "pt", 14, "+551191#######",
        "Maria:maria Conceição:conceicao Letícia:leticia Ana:ana Júlia:julia Beatriz:beatriz",
        "João:joao Rui:rui Antônio:antonio Caetano:caetano Luís:luis Sebastião:sebastiao",
        "Simões:simoes Gonçalves:goncalves Araújo:araujo Silva:silva Magalhães:magalhaes"
        " Brandão:brandao Conceição:conceicao Esteves:esteves Guimarães:guimaraes"
        " Lourenço:lourenco",
    ),
    _Land(
        "US", "en", 12, "+1212555####",
        "Grace:grace Siobhan:siobhan Mary_Ann:maryann Zoë:zoe Chloe:chloe Hannah:hannah",
        "Liam:liam Conor:conor Theodore:theodore William:william Oscar:oscar Samuel:samuel",
        "O'Neill:oneill Smith-Jones:smithjones McAllister:mcallister Ford:ford van_Dyke:vandyke"
        " Abernathy:abernathy Bright:bright Whitfield:whitfield Okafor:okafor Delacroix:delacroix",
    ),
    _Land(
        "GR", "el", 4, "+30694#######",
        "Ελένη:eleni Κατερίνα:katerina", "Γιώργος:giorgos Νίκος:nikos",
        "Παπαδοπούλου/Παπαδόπουλος:papadopoulos Γεωργίου:georgiou Οικονόμου:oikonomou",
    ),
    _Land(
        "CN", "zh", 4, "+86138########",
        "小芳:xiaofang 丽华:lihua", "伟:wei 志强:zhiqiang", "陳:chen 王:wang 歐陽:ouyang 李:li",
    ),
    _Land(
        "AE", "ar", 2, "+97150#######",
        "فاطمة:fatima ليلى:layla", "أحمد:ahmad خالد:khalid", "الحسن:alhassan منصور:mansour",
    ),
    _Land(
        "IL", "he", 2, "+97254#######",
        "שרה:sarah רחל:rachel", "אברהם:avraham דוד:david", "כהן:cohen לוי:levi פרץ:peretz",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Example:
    """A person, and what time has done to them."""

    person: NewPerson
    created: datetime
    since: datetime
    last_seen: datetime | None
    password_set: datetime
    attempts: int
    attempted: datetime
    source: str


@dataclass(frozen=True, slots=True)
class _Numbers:
    """The ids of the roles and teams by folded name."""

    roles: dict[str, int]
    teams: dict[str, int]


def fill(store: "Store", number: int) -> None:
    """Begin an account in an empty store, with its owner and so many people besides.

    Everybody who has a password has `PASSWORD`.

    Raises:
        Refused: there is an account already.
    """
    account.init(store, ACCOUNT, OWNER, PASSWORD)
    session = operator_session(store)
    for team in TEAMS:
        teams.create(session, team)
    # One hash for all of them: a thousand of their own would take minutes.
    password_hash = store.hash(PASSWORD)
    with store.write(session) as unit:
        SettingRow.update(value="Europe/Kyiv").where(
            SettingRow.key == "display.time_zone"
        ).execute()
        numbers = _Numbers(ids_by_key(store, "usher_role"), ids_by_key(store, "usher_team"))
        examples = list(_examples(numbers, number, unit.now, password_hash))
        owners: list[int] = []
        for start in range(0, number, BATCH):
            batch = examples[start : start + BATCH]
            ids = insert(unit, [example.person for example in batch])
            _age(store, ids, batch)
            owners += _active(ids, batch)
        _own(store, owners)


def _active(ids: list[int], examples: list[_Example]) -> Iterator[int]:
    for number, example in zip(ids, examples, strict=True):
        if example.person.status is Status.ACTIVE:
            yield number


def _own(store: "Store", owners: list[int]) -> None:
    """Give them records; some have many, some none."""
    dice = random.Random(SEED)  # noqa: S311  (the same records every time is the point)
    number = min(len(owners) * RECORDS_EACH, RECORDS_MOST)
    rows = []
    for place in range(1, number + 1):
        kind = dice.choice(list(KINDS))
        title = f"{dice.choice(COMPANIES)} {place % 97 + 1}"
        # The square of a chance crowds towards the first of them.
        owner = owners[int(dice.random() ** 2 * len(owners))]
        rows.append((kind, f"{kind[0].upper()}{place:05}", title, dice.choice(KINDS[kind]), owner))
    store.insert_rows("usher_record", ("kind", "ref", "title", "state", "owner_id"), rows)


def _age(store: "Store", ids: list[int], examples: list[_Example]) -> None:
    """Put into the past what `insert` dates now."""
    store.sql_many(
        "UPDATE usher_user SET created = ?, status_since = ?, last_seen = ?, activated_at = ?,"
        " password_set_at = ?, idle_from = ?, confirmed_at = ?, attempts = ?, attempted_at = ?,"
        " attempted_from = ?, locked_at = ? WHERE id = ?",
        [
            (
                utc_text(example.created),
                utc_text(example.since),
                utc_text(example.last_seen) if example.last_seen else None,
                utc_text(example.created) if example.person.confirmed else None,
                utc_text(example.password_set) if example.person.password_hash else None,
                utc_text(example.last_seen or example.created),
                utc_text(example.created) if example.person.confirmed else None,
                example.attempts,
                utc_text(example.attempted) if example.attempts else None,
                example.source if example.attempts else "",
                utc_text(example.attempted) if example.attempts > MOST_ATTEMPTS else None,
                number,
            )
            for number, example in zip(ids, examples, strict=True)
        ],
    )


def _examples(
    numbers: _Numbers, number: int, now: datetime, password_hash: str
) -> Iterator[_Example]:
    dice = random.Random(SEED)  # noqa: S311  (the same people every time is the point)
    for place in range(1, number + 1):
        draft = _draft(dice, place)
        status = _one_of(dice, STATUSES)
        came = status is not Status.PENDING
        oldest = timedelta(days=dice.uniform(1, OLDEST_DAYS))
        seen = came and dice.random() > NEVER_SHARE
        age = oldest if seen else oldest * NEW_DAYS / OLDEST_DAYS
        last_seen = now - _absence(age, dice.random()) if seen else None
        created = now - age
        since = last_seen or created
        yield _Example(
            NewPerson(
                draft=draft,
                role_id=numbers.roles[fold(draft.role)] if draft.role else None,
                team_ids=tuple(numbers.teams[fold(team)] for team in draft.teams),
                password_hash=password_hash if came else None,
                status=status,
                confirmed=came,
                command="usher demo",
            ),
            created,
            since,
            last_seen,
            password_set=max(created, now - timedelta(days=place * 37 % PASSWORD_DAYS)),
            attempts=_attempts(place) if status is Status.ACTIVE else 0,
            attempted=max(since, now - timedelta(hours=place * 7 % 100 + 1)),
            source=f"203.0.113.{place % SOURCES + 1}",
        )


def _absence(age: timedelta, chance: float) -> timedelta:
    """How long ago somebody was here: a few are away, the others crowd towards now."""
    if chance > 1 - AWAY_SHARE:
        return age * chance
    return min(age, timedelta(days=AWAY_DAYS)) * (chance / (1 - AWAY_SHARE)) ** 3


def _attempts(place: int) -> int:
    """Wrong passwords in a row: most people have given none."""
    if place % LOCKED_EACH == 0:
        return MOST_ATTEMPTS + 1
    return place % MOST_ATTEMPTS + 1 if place % TRIED_EACH == 0 else 0


def _draft(dice: random.Random, place: int) -> Draft:
    (land,) = dice.choices(_LANDS, [land.share for land in _LANDS])
    woman = dice.random() < 0.5
    first, first_latin = _name(dice, land.women if woman else land.men)
    last, last_latin = _name(dice, land.names)
    forms = last.split("/")
    digits = "".join(dice.choice("123456789") if c == "#" else c for c in land.dial)
    admin = dice.random() < ADMIN_SHARE
    return Draft(
        first_name=first.replace("_", " "),
        last_name=forms[0 if woman else -1].replace("_", " "),
        login=f"{first_latin}.{last_latin}{place}",
        email=f"{first_latin}.{last_latin}.{place}@example.com",
        phone=digits if dice.random() < PHONE_SHARE else "",
        country=land.country,
        language=land.language,
        role="" if admin else _one_of(dice, ROLES),
        teams=() if admin else tuple(sorted(dice.sample(TEAMS, 1 + (dice.random() < 0.2)))),
        position=dice.choice(POSITIONS),
        admin=admin,
    )


def _name(dice: random.Random, names: str) -> tuple[str, str]:
    native, _separator, latin = dice.choice(names.split()).partition(":")
    return native, latin


def _one_of(dice: random.Random, shares: dict[T, int]) -> T:
    return dice.choices(list(shares), list(shares.values()))[0]
