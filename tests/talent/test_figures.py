"""Figures of pay and demand: read whole or refused with file and line, and never without source, period and country."""

from pathlib import Path

import pytest
from django.test import Client

from katalysator.faults import InvalidInput
from katalysator.talent.models import FigureSet, WorkGroup
from katalysator.talent.work.figure_files import read_figures
from katalysator.talent.work.figures import figures_of, open_vacancies
from katalysator.talent.work.verbs import take_in_figures
from tests import builders

PAY = "brc,label_nl,employees_thousands_2022,hourly_wage_p25,hourly_wage_p50,hourly_wage_p75\n0421,Boekhouders,96,19.1,23.7,\n"
CBS = (
    '"ID";"Beroep";"Perioden";"Werknemers (x 1 000)";"1e kwartiel uurloon (euro)";"Mediaan uurloon (euro)";"3e kwartiel uurloon (euro)"\n'
    '"1";"Totaal";"2022";"8009";"16,0";"21,0";"29,1"\n'
    '"2";"0421 Boekhouders";"2022";"96";"19,1";"23,7";"."\n'
)
UWV = "Beroepsgroep;Regio;Kwartaal;Spanningsindicator\n0421 Boekhouders;;2026-2;2,1\n0421 Boekhouders;NL31;2026-2;3,4\n"
OPEN = (
    '"Bedrijfstakken/branches SBI 2008";"Regio\'s";"Perioden";"Openstaande vacatures (x 1 000)"\n'
    '"A-U Alle economische activiteiten";"Nederland";"2025 4e kwartaal";"387,0"\n'
    '"B-F Nijverheid en energie";"Nederland";"2025 4e kwartaal";"60,1"\n'
    '"G Handel";"Nederland";"2025 4e kwartaal";"75,1"\n'
    '"G Handel";"Groningen (PV)";"2025 4e kwartaal";"2,0"\n'
    '"Totaal";"Nederland";"2025 4e kwartaal";"."\n'
)
ISCO = "isco,brc\n3313,0421\n2411,0421\n"


def file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


@pytest.mark.django_db
@pytest.mark.parametrize("pay", [PAY, CBS])
def test_figures_are_found_by_unit_group_with_their_source(tmp_path: Path, pay: str) -> None:
    files = [
        file(tmp_path, name, text)
        for name, text in (("pay.csv", pay), ("uwv.csv", UWV), ("isco.csv", ISCO))
    ]
    take_in_figures(read_figures(files), by=builders.HOUSE)
    found = figures_of(["3313"], "NL31")["3313"]
    assert found.pay is not None
    assert (found.pay.low, found.pay.middle, found.pay.high) == (19.1, 23.7, None)
    assert found.pay.employees == 96_000
    assert str(found.pay.source) == "CBS StatLine 85517NED, 2022, NL"
    assert found.pay.a_month(36) == round(23.7 * 36 * 52 / 12)
    assert found.demand is not None
    assert (found.demand.region, found.demand.tightness) == ("NL31", 3.4)
    whole = figures_of(["3313"], "NL32")["3313"].demand
    assert whole is not None
    assert (whole.region, whole.tightness) == ("", 2.1)
    assert figures_of(["9999"]) == {}


@pytest.mark.django_db
def test_new_figures_stand_in_the_place_of_old_ones(tmp_path: Path) -> None:
    for year in ("2022", "2023"):
        files = read_figures([file(tmp_path, "pay.csv", PAY.replace("2022", year))])
        take_in_figures(files, by=builders.HOUSE)
    assert FigureSet.objects.get().period == "2023"
    assert WorkGroup.objects.count() == 1


@pytest.mark.django_db
def test_figures_without_a_period_are_refused_and_nothing_is_kept(tmp_path: Path) -> None:
    files = read_figures([file(tmp_path, "pay.csv", PAY.replace("_2022", ""))])
    with pytest.raises(InvalidInput, match="which period"):
        take_in_figures(files, by=builders.HOUSE)
    assert not WorkGroup.objects.exists()
    (made,) = take_in_figures(files, by=builders.HOUSE, period="2022", source="Voorbeeldbureau")
    assert str(made) == "Voorbeeldbureau, 2022"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (PAY.replace("23.7", "2e9"), "hourly_wage_p50, pay.csv"),
        (PAY.replace("23.7", "-4"), "“-4” is no such figure"),
        (PAY.replace("23.7", "99999"), "“99999” is no such figure"),
        (PAY + PAY.splitlines()[1] + "\n", "there twice"),
        (ISCO.replace("3313", "33"), "“33” is no code of ISCO-08"),
        (ISCO.replace("0421", "boek"), "“boek” holds no code of BRC 2014"),
        ("a,b\n1,2\n", "no figures of pay or demand"),
    ],
)
def test_what_cannot_be_used_is_told(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_figures([file(tmp_path, "pay.csv", text)])
    assert said.split(", ")[0] in str(caught.value)


@pytest.mark.django_db
def test_open_vacancies_stand_by_branch_beside_the_list_of_work(
    client: Client, tmp_path: Path
) -> None:
    assert open_vacancies() is None
    take_in_figures(read_figures([file(tmp_path, "83599NED.csv", OPEN)]), by=builders.HOUSE)
    found = open_vacancies()
    assert found is not None
    source, rows = found
    assert str(source) == "CBS StatLine, 2025 4e kwartaal, NL"
    assert [(each.code, each.open) for each in rows] == [("G", 75_100)]  # ranges hold others
    page = client.get("/en/talent/work/").content.decode()
    assert "Open vacancies by branch" in page
    assert "Handel" in page
    assert "Open vacancies by branch" not in client.get("/en/talent/work/?q=x").content.decode()


def test_vacancies_of_two_periods_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="there twice"):
        read_figures(
            [file(tmp_path, "v.csv", OPEN + OPEN.splitlines()[3].replace("4e", "3e") + "\n")]
        )
