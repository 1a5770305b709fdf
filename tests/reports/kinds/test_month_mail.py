"""The month in short: four numbers that tie out, and what is open."""

from noticed import NURSERY, OFFICE, ON, SCHOOL, school_problems, snapshot

from reports.kinds.month_mail import compose_month
from reports.standing import UnitNumbers, numbers_of


def test_the_month_is_four_numbers_and_a_list() -> None:
    numbers = UnitNumbers(owed=23, compliant=18, problems=2, unreached=3, to_verify=0, by_hand=0)

    mail = compose_month(SCHOOL, numbers, school_problems(), office=OFFICE, on=ON, month="10月")

    assert mail.subject == "【月度小结】城东小学：10月达标18项，问题2项"
    assert "应公开23项，达标18项，问题2项，未能核查3项。" in mail.text
    assert "第2项　空 空白栏目　｜教师队伍—教师管理（招聘、培训）" in mail.text
    assert "怎样反馈" not in mail.text
    assert mail.short.splitlines()[1] == "应公开23项，达标18项，问题2项，未能核查3项"


def test_a_unit_without_problems_is_told_so_by_its_numbers() -> None:
    numbers = UnitNumbers(owed=5, compliant=4, problems=0, unreached=0, to_verify=1, by_hand=0)

    mail = compose_month(NURSERY, numbers, (), office=OFFICE, on=ON, month="10月")

    assert "待人工核实1项" in mail.text
    assert "第1项" not in mail.text


def test_the_numbers_are_the_units_own() -> None:
    numbers = numbers_of(snapshot(), SCHOOL)

    assert numbers == UnitNumbers(
        owed=2, compliant=0, problems=2, unreached=0, to_verify=0, by_hand=0
    )
    assert numbers_of(snapshot(findings=()), NURSERY).to_verify == 1
