"""各节设置: what settings.yaml may hold, with defaults and bounds."""

from __future__ import annotations

from dataclasses import field
from typing import Annotated, Literal

from monitor.yamlfile import Blank, Count, Day, Several, Text, number, shape

Seconds = Annotated[float, number(ge=0, le=3600)]
Hours = Annotated[float, number(ge=0, le=240)]
Port = Annotated[int, number(ge=1, le=65535)]


@shape
class Office:
    """本局."""

    name: Blank = ""
    phone: Blank = ""
    reply_to: Blank = ""
    officer: Blank = ""


@shape
class NetworkSettings:
    """网络. ``test_targets``: loopback addresses the demo and the tests are served from."""

    delay: Seconds = 2.0
    timeout: Annotated[float, number(gt=0, le=600)] = 30
    tries: Annotated[int, number(ge=1, le=10)] = 3
    pauses: tuple[Seconds, ...] = (2, 8, 30)
    ceiling: Annotated[int, number(ge=1, le=256)] = 16
    tls: Literal["lenient", "strict"] = "lenient"
    allow_private: tuple[Text, ...] = ()
    test_targets: tuple[Text, ...] = ()
    canaries: tuple[Text, ...] = ()
    browser: Blank = ""


@shape
class Budget:
    """用量上限."""

    pages_per_column: Count = 60
    pages_per_unit: Count = 300
    depth: Count = 6
    minutes_per_unit: Annotated[float, number(gt=0, le=600)] = 10
    window: Text = "23:00-06:00"


@shape
class Judge:
    """判断口径."""

    soon_days: Annotated[int, number(ge=0, le=90)] = 7


@shape
class Confirm:
    """确认: how often, and how far apart, a gap is seen before it counts."""

    scans: Annotated[int, number(ge=1, le=10)] = 2
    min_hours: Hours = 12


Days = Annotated[int, number(ge=1, le=60)]


@shape
class DeadlineSettings:
    """整改期限 in working days, by kind of gap; ``reopened``: of one that came back."""

    missing: Days = 10
    nocol: Days = 10
    empty: Days = 10
    broken: Days = 2
    stale: Days = 5
    partial: Days = 5
    reopened: Days = 3


Percent = Annotated[float, number(ge=0, le=100)]


@shape
class LookbackSettings:
    """回头看: how many of the closed findings a person looks at again."""

    percent: Percent = 20


@shape
class RobotsOverride:
    """例外: a host read in spite of its robots.txt, and why."""

    host: Text
    reason: Text
    by: Text
    on: Day


@shape
class MailSettings:
    """邮件. Nothing leaves the machine until ``live``."""

    host: Blank = ""
    port: Port = 465
    security: Literal["tls", "starttls", "none"] = "tls"
    user: Blank = ""
    sender: Blank = ""
    live: bool = False
    test_recipient: Blank = ""


@shape
class Schedule:
    """定时."""

    timezone: Text = "Asia/Shanghai"
    scan: Text = "23:00"
    monthly: Text = "08:00"
    letters: Text = "08:45"
    digest: Text = "08:30"


Share = Annotated[float, number(ge=0, le=1)]
Points = Annotated[float, number(ge=0, le=100)]


@shape
class ScoreSettings:
    """评分: the constants of ``judgements.score.Scoring``, each there explained."""

    ranking: Literal["full", "grades_only", "none"] = "grades_only"
    credit_ok: Share = 1
    credit_statement: Share = 1
    credit_due_soon: Share = 1
    credit_stale: Share = 0.5
    credit_partial: Share = 0.6
    credit_broken: Share = 0.5
    credit_missing: Share = 0
    credit_nocol: Share = 0
    credit_empty: Share = 0
    credit_other: Share = 0
    overdue: Points = 1
    overdue_most: Points = 5
    relapse: Points = 1
    relapse_most: Points = 3
    prompt: Points = 1
    excellent: Points = 90
    good: Points = 80
    passed: Points = 60
    unknown_percent: Percent = 20


@shape
class RehearsalSettings:
    """预演: the thresholds of ``judgements.rehearsal.Rehearsing``; columns by id."""

    schools: bool = False
    visits_days: Count = 7
    visits_a_day: Count = 20
    failed_percent: Percent = 5
    home_days: Count = 14
    news_columns: tuple[Text, ...] = ("news", "press")
    news_days: Count = 14
    policy_columns: tuple[Text, ...] = ("notices", "policy", "normative-documents")
    policy_months: Count = 6
    news_count: Count = 5
    other_months: Count = 12
    other_count: Count = 10
    blank_count: Count = 5
    letter_months: Count = 3


@shape
class FileSettings:
    """What settings.yaml may hold."""

    office: Office = Office()
    database: Text = field(default="sqlite:///mingcha.db", repr=False)  # may carry a password
    rules: Several = ("rules.yaml",)
    network: NetworkSettings = NetworkSettings()
    budget: Budget = Budget()
    judge: Judge = Judge()
    confirm: Confirm = Confirm()
    deadlines: DeadlineSettings = DeadlineSettings()
    lookback: LookbackSettings = LookbackSettings()
    robots: tuple[RobotsOverride, ...] = ()
    mail: MailSettings = MailSettings()
    score: ScoreSettings = ScoreSettings()
    rehearsal: RehearsalSettings = RehearsalSettings()
    schedule: Schedule = Schedule()
