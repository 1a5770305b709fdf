from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from monitor.judgements.rehearsal import Rehearsing
from monitor.judgements.score import Ranking, Scoring
from monitor.settings import (
    Settings,
    default_text,
    load,
    secret,
    shipped_rules,
    user_agent,
)
from monitor.wording import Exit, Mistakes, MonitorError


@pytest.fixture
def folder(tmp_path):
    """A work folder as a clerk has it: with a blank and Chinese in its path."""
    place = tmp_path / "张三" / "信息公开 巡查"
    place.mkdir(parents=True)
    (place / "settings.yaml").write_text(default_text(), "utf-8")
    return place


def with_text(folder, text: str):
    (folder / "settings.yaml").write_text(text, "utf-8")
    return folder


def mistakes(folder, text: str = "", *, overrides=()) -> list[str]:
    with pytest.raises(Mistakes) as raised:
        load(with_text(folder, text) if text else folder, overrides=overrides)
    assert raised.value.exit_code is Exit.SETTINGS
    return [str(one).removeprefix("settings.yaml ") for one in raised.value.mistakes]


# --- what is read ------------------------------------------------------------------------


def test_the_file_that_init_writes_means_the_defaults(folder):
    assert load(folder) == Settings(folder=folder)


def test_every_line_of_the_file_that_init_writes_is_explained():
    lines = [line for line in default_text().splitlines() if line.strip()]

    bare = [line for line in lines if "#" not in line]

    assert bare == ["  - rules.yaml"]


def test_a_short_file_leaves_the_rest_as_it_is(folder):
    settings = load(with_text(folder, "network: {delay: 0.5}\n"))

    assert settings.network.delay == 0.5
    assert settings.network.tries == 3
    assert settings.budget.window == "23:00-06:00"


def test_a_whole_file(folder):
    text = """\
office: {name: 示例县教育局, phone: 0550-1234567, reply_to: jyj@example.cn, officer: 张三}
database: sqlite:///数据 库.db
rules: [rules.yaml, 本局目录.yaml]
network:
  allow_private: [10.20.0.0/16, oa.example.cn]
  test_targets: ["127.0.0.1:8000-8010", "localhost:90", "[::1]:80"]
robots: [{host: www.example.cn, reason: 本局所属, by: 张三, on: 2026-03-02}]
mail: {host: smtp.example.cn, sender: jyj@example.cn, test_recipient: zhang@example.cn}
schedule: {scan: "22:30", digest: "07:00"}
"""

    settings = load(with_text(folder, text))

    assert settings.office.officer == "张三"
    assert settings.robots[0].on == date(2026, 3, 2)
    assert settings.schedule.scan == "22:30"
    assert settings.database_address == f"sqlite:///{folder.resolve().as_posix()}/数据 库.db"
    assert settings.rules_paths == (shipped_rules(), folder / "本局目录.yaml")
    assert str(settings.zone) == "Asia/Shanghai"


def test_what_a_crawl_needs(folder):
    text = """\
office: {phone: "0550－1234567 转8"}
network: {delay: 1, pauses: [1], tls: strict}
budget: {pages_per_column: 5, minutes_per_unit: 2}
robots: [{host: www.example.cn, reason: 本局所属, by: 张三, on: 2026-03-02}]
"""

    network = load(with_text(folder, text)).to_network()

    assert (network.delay, network.pauses, network.tls) == (1, (1,), "strict")
    assert (network.pages_per_column, network.minutes_per_unit) == (5, 2)
    assert network.robots_overrides == ("www.example.cn",)
    assert network.user_agent == "mingcha/0.1 (jiaoyuju xinxi gongkai xuncha; tel 0550-1234567 8)"


def test_scores_and_rehearsals_have_the_constants_of_their_judgements(folder):
    read = load(folder)

    assert read.to_scoring() == Scoring()
    assert read.to_rehearsing() == Rehearsing()


def test_a_score_is_made_with_the_constants_of_the_file(folder):
    text = "score: {ranking: none, credit_statement: 0.6, passed: 80}\nrehearsal: {schools: true}\n"
    read = load(with_text(folder, text))

    assert read.to_scoring() == Scoring(ranking=Ranking.NONE, credit_statement=0.6, passed=80)
    assert read.to_rehearsing() == Rehearsing(schools=True)


@pytest.mark.parametrize(
    "text", ["score: {good: 95}", "score: {excellent: 70}", "score: {passed: 85}"]
)
def test_bounds_of_grades_that_do_not_fall_are_refused(folder, text):
    (told,) = mistakes(folder, text)

    assert "高于上一等" in told


@pytest.mark.parametrize("phone", ["", "0550-1234567", "（0550）１２３４", "\r\nX: y", "电话"])
def test_the_name_we_give_ourselves_fits_into_a_header(phone):
    name = user_agent(phone)

    assert name.isascii()
    assert name.isprintable()
    assert name.startswith("mingcha/")


def test_a_catalog_of_the_folder_goes_before_the_shipped_one(folder):
    (folder / "rules.yaml").write_text("columns: []\n", "utf-8")

    assert load(folder).rules_paths == (folder / "rules.yaml",)


@pytest.mark.parametrize(
    "address", ["postgresql://mingcha@db.example.cn/mingcha", "sqlite:////srv/a.db", "sqlite://"]
)
def test_an_address_that_is_not_relative_stays(folder, address):
    assert load(with_text(folder, f"database: '{address}'\n")).database_address == address


def test_the_database_of_the_environment_goes_first_and_is_never_shown(folder):
    environ = {"MINGCHA_DATABASE": "postgresql://u:geheim@h/db"}

    settings = load(folder, environ=environ)

    assert settings.database_address == "postgresql://u:geheim@h/db"
    assert "geheim" not in repr(settings)


# --- --set -------------------------------------------------------------------------------


def test_set_goes_before_the_file(folder):
    settings = load(
        folder,
        overrides=(
            "network.delay=0",
            "network.test_targets=[127.0.0.1:8000-8010]",
            "rules=[rules.yaml, 本局.yaml]",
            "office.name=示例县 教育局",
            "mail.live=yes",
            "mail.host=127.0.0.1",
            "mail.sender=a@b.cn",
            "schedule.scan=22:30",
        ),
    )

    assert settings.network.delay == 0
    assert settings.network.test_targets == ("127.0.0.1:8000-8010",)
    assert settings.rules == ("rules.yaml", "本局.yaml")
    assert settings.office.name == "示例县 教育局"
    assert settings.mail.live
    assert settings.schedule.scan == "22:30"


def test_set_also_works_for_a_section_the_file_leaves_out(folder):
    with_text(folder, "rules: [rules.yaml]\n")

    assert load(folder, overrides=("confirm.min_hours=0",)).confirm.min_hours == 0


@pytest.mark.parametrize(
    ("override", "wanted"),
    [
        ("network.dealy=0", "--set network.dealy=0：没有设置项“dealy”，是否为“delay”？"),
        ("netwrok.delay=0", "没有设置项“netwrok”，是否为“network”？"),
        ("zzz=1", "没有设置项“zzz”，可用的设置项：office、database"),
        ("network.delay.x=1", "没有设置项“x”"),
        ("network.delay", "“--set network.delay”写法有误，请写成 --set network.delay=0"),
        ("=1", "写法有误"),
        ("network.delay=", "“delay”没有填写"),
        ("network.delay=快", "--set network.delay=快：“delay”不是数字：快，请写数字"),
        ("network.delay=[1", "“delay”不是数字"),
        ("network.delay=-1", "“delay”太小：-1，应不小于0"),
        ("mail.port=99999", "“port”太大：99999，应不大于65535"),
        ("network=3", "“network”应为一组“键: 值”，实际为数字"),
        ("schedule.scan=25:00", "“scan”不是时刻：25:00"),
    ],
)
def test_each_mistake_of_set_is_told_with_what_was_typed(folder, override, wanted):
    found = mistakes(folder, overrides=(override,))

    assert any(wanted in one for one in found), found


# --- mistakes ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("office:\n  nmae: x\n", "第2行第3列：未知字段“nmae”，是否为“name”？"),
        ("netwrok: {}\n", "第1行第1列：未知字段“netwrok”，是否为“network”？"),
        ("office:\n", "第1行第1列：“office”没有填写"),
        ("office: {phone: 5501234567}\n", "“phone”写成了数字5501234567，请加引号"),
        ("rules: rules.yaml\n", "“rules”应为列表，实际为文本"),
        ("rules: []\n", "“rules”没有填写"),
        ("network: {tls: strickt}\n", "没有“strickt”这个选项，是否为“strict”？"),
        ("network: {tries: 0}\n", "“tries”太小：0"),
        ("network: {tries: 2.5}\n", "“tries”不是整数：2.5"),
        ("network: {pauses: [2, -8]}\n", "“pauses”太小：-8"),
        ("network: {timeout: 0}\n", "“timeout”太小：0，应大于0"),
        ("network: {test_targets: [10.0.0.1:80]}\n", "“10.0.0.1:80”不是本机地址"),
        ("network: {test_targets: ['127.0.0.1:90-80']}\n", "“127.0.0.1:90-80”不是本机地址"),
        ("network: {test_targets: [127.0.0.1]}\n", "“127.0.0.1”不是本机地址"),
        ("network: {test_targets: ['127.0.0.1:0']}\n", "“127.0.0.1:0”不是本机地址"),
        ("network: {test_targets: ['127.0.0.1.evil.cn:80']}\n", "不是本机地址"),
        ("network: {allow_private: [a b]}\n", "“a b”不是主机名、地址或网段"),
        ("network: {canaries: [www.example.cn]}\n", "“www.example.cn”不是网址"),
        ("network: {canaries: ['https://a b']}\n", "不是网址"),
        ("network: {allow_private: [10.0.0.0/40]}\n", "“10.0.0.0/40”不是主机名、地址或网段"),
        ("budget: {window: 23:00}\n", '“window”不是时段：23:00，请写成 "23:00-06:00" 这样'),
        ("budget: {pages_per_unit: 0}\n", "“pages_per_unit”太小：0，应不小于1"),
        ("confirm: {scans: 0}\n", "“scans”太小：0"),
        ("schedule: {scan: '24:00'}\n", '“scan”不是时刻：24:00，请写成 "23:00" 这样'),
        ("schedule: {digest: 830}\n", "“digest”写成了数字830，请加引号"),
        ("schedule: {timezone: Asia/Beijing}\n", "没有时区“Asia/Beijing”，请写 Asia/Shanghai"),
        ("schedule: {timezone: ../etc/passwd}\n", "没有时区"),
        ("mail: {port: 0}\n", "“port”太小：0，应不小于1"),
        ("mail: {security: ssl}\n", "“security”没有“ssl”这个选项"),
        ("mail: {sender: 'a@b.cn, c@d.cn'}\n", "“sender”不是有效的邮箱地址：a@b.cn, c@d.cn"),
        ("mail: {live: true, sender: a@b.cn}\n", "mail.live 为 true，但没有填写“host”"),
        ("mail: {password: geheim}\n", "未知字段“password”"),
        ("robots: [{host: a.cn, by: 张三, on: 2026-03-02}]\n", "缺少“reason”"),
        ("database: mingcha.db\n", "数据库地址写法有误"),
        (
            "database: postgresql://u:geheim@h/db\n",
            "数据库地址里写了密码，请去掉密码，改用环境变量 MINGCHA_DATABASE",
        ),
        ("a: 1\n\tb: 2\n", "第2行第1列：缩进用了制表符"),
        ("", "文件没有内容"),
    ],
)
def test_each_mistake_of_the_file_tells_what_would_be_right(folder, text, wanted):
    found = mistakes(folder, text or "# 空\n")

    assert any(wanted in one for one in found), found
    assert not any("geheim" in one for one in found)


def test_all_mistakes_come_at_once(folder):
    text = """\
database: mingcha.db
network: {dealy: 1, tls: x, test_targets: [10.0.0.1:80]}
budget: {window: 23:00}
schedule: {scan: "25:00"}
mail: {live: true, port: 0}
"""

    assert len(mistakes(folder, text, overrides=("zzz=1",))) == 11


TARGETS = "network: {test_targets: [127.0.0.1:8000]}\n"


@pytest.mark.parametrize(
    ("host", "is_refused"),
    [("smtp.example.cn", True), ("127.0.0.1", False), ("localhost", False), ("'::1'", False)],
)
def test_test_targets_and_real_mail_exclude_each_other(folder, host, is_refused):
    text = TARGETS + f"mail: {{live: true, host: {host}, sender: a@b.cn}}\n"

    if is_refused:
        (found,) = mistakes(folder, text)
        assert "测试地址（test_targets）与正式发信（mail.live）不能同时使用" in found
    else:
        assert load(with_text(folder, text)).mail.live


def test_a_folder_without_settings_says_what_to_do(tmp_path):
    with pytest.raises(MonitorError) as raised:
        load(tmp_path)

    assert raised.value.exit_code is Exit.SETTINGS
    assert "mingcha init" in raised.value.remedy


# --- secrets -----------------------------------------------------------------------------


def test_a_password_comes_from_the_environment():
    assert secret("MINGCHA_MAIL_PASSWORD", {"MINGCHA_MAIL_PASSWORD": "geheim"}) == "geheim"


def test_a_password_comes_from_a_file_only_its_owner_can_read(tmp_path):
    path = tmp_path / "密码"
    path.write_text("geheim\n", "utf-8")
    environ = {"MINGCHA_MAIL_PASSWORD_FILE": str(path)}
    path.chmod(0o600)

    assert secret("MINGCHA_MAIL_PASSWORD", environ) == "geheim"

    path.chmod(0o644)
    with pytest.raises(MonitorError) as raised:
        secret("MINGCHA_MAIL_PASSWORD", environ)
    assert "权限过宽（应为600）" in raised.value.what
    assert f"chmod 600 {path}" in raised.value.remedy


@pytest.mark.parametrize(
    ("environ", "code"),
    [
        ({}, "E3106"),
        ({"MINGCHA_MAIL_PASSWORD": ""}, "E3106"),
        ({"MINGCHA_MAIL_PASSWORD_FILE": "/nirgends/geheim"}, "E3106"),
        ({"MINGCHA_MAIL_PASSWORD": "change-me"}, "E3104"),
    ],
)
def test_a_password_that_is_missing_or_an_example_is_refused(environ, code):
    with pytest.raises(MonitorError) as raised:
        secret("MINGCHA_MAIL_PASSWORD", environ)

    assert raised.value.code == code
    assert raised.value.exit_code is Exit.SETTINGS


def test_the_shipped_catalog_is_found():
    assert shipped_rules().name == "rules.yaml"
    assert shipped_rules().exists()
    assert isinstance(shipped_rules(), Path)
