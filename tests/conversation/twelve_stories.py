"""What the twelve focal points do, from the first question to the accepted report: each with a detour."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from .twelve_cities import Network, Reporter, seen

ALONE = "The table has no result of its own for this."
"""Why there is nothing to report on a target."""


async def sends(reporter: Reporter) -> None:
    assert "Nothing is sent yet" in await reporter.skips_to_the_summary()
    assert "Sent to the secretariat" in await reporter.taps("Send to the secretariat")


async def bago(network: Network) -> None:
    """A fall without its minus is asked back; back and on again; a photo and a document."""
    ana = await network.focal_point("Bago", "Ana Reyes")
    await ana.says("/report")
    await ana.taps("A measured figure")
    assert "Did you mean −49 %?" in await ana.says("49")
    await ana.taps("−49 %")
    assert "Your answer until now: −49 %" in await ana.taps("Back")
    assert "Which year is this figure for?" in await ana.taps("Keep")
    await ana.does_not_know("The table gives no year.")
    await ana.taps("No judgement")
    await ana.says("People compost what rots at home, and recover what can be used again.")
    await ana.player.send_photo()
    await network.stage.settled()
    await ana.player.send_document("waste-2009.pdf", b"%PDF-1.4")
    await network.stage.settled()
    assert "waste-2009.pdf" in seen(ana.player)
    await ana.taps("Done")
    await ana.does_not_know(ALONE)
    await ana.taps("Skip")
    await ana.does_not_know(ALONE)
    await sends(ana)
    await network.open_review("bago-2026")
    await network.page_with("waste-2009.pdf")
    await network.accept("bago", ana)


async def cebu(network: Network) -> None:
    """A pause, a lookup, and on at the same place; another lookup in the middle."""
    ben = await network.focal_point("Cebu", "Ben Uy")
    await ben.says("/report")
    await ben.taps("Words, no figure", "Partly reached")
    await ben.says("50 %")
    assert "All is saved: 3 of" in await ben.taps("Pause")
    assert "Takakura" in await ben.says("takakura composting")
    assert "what came of it" in await ben.says("/report")
    assert "Continue at question 4" in " ".join([await ben.says("/find plastics"), *ben.buttons])
    await ben.taps("Continue at question 4")
    await ben.says("Half of the target rate was achieved, by composting and stronger separation at source.")
    await ben.taps("Skip", "Words, no figure", "No judgement")
    await ben.says("A ban on plastics is enforced, and a study “plastics to fuel” is under way.")
    await sends(ben)
    await network.accept("cebu", ben)


async def san_fernando(network: Network) -> None:
    """The figure is on something else; the answer comes back with a reason, and is put right."""
    carla = await network.focal_point("San Fernando", "Carla Ortega")
    await carla.says("/report")
    await carla.taps("A figure on something else", "No judgement")
    await carla.says("Recovery of waste at the city landfill: from 2 to 4 % a month")
    await carla.taps("Skip")
    await carla.does_not_know(ALONE)
    await sends(carla)
    await network.open_review("san-fernando-2026")
    shown = await network.page_with("Recovery of waste")
    assert "❔ Cannot be computed\nThe figure measures something else than the target does." in shown
    await network.stage.press(network.kenji, "Return answers")
    await network.stage.press(network.kenji, "what there is")
    await network.stage.ask(network.kenji, "Table 1 has a projected diversion rate, too.")
    await network.stage.press(network.kenji, "Return one answer")
    assert "Table 1 has a projected diversion rate" in seen(carla.player)
    assert "Table 1 has a projected diversion rate" in await carla.taps("Open these answers")
    assert "What is the figure?" in await carla.taps("A projected figure")
    await carla.says("20 %")
    await carla.does_not_know()
    await carla.says(
        "Recovery at the landfill rose from 2 to 4 % a month. 60 % is expected after two facilities are built."
    )
    await sends(carla)
    assert "What changed since version 1" in await network.open_review("san-fernando-2026")
    await network.accept("san-fernando", carla)


async def puerto_princesa(network: Network) -> None:
    """Letters where a number is asked; and the process ends in the middle."""
    dina = await network.focal_point("Puerto Princesa", "Dina Cruz")
    await dina.says("/report")
    await dina.taps("A measured figure")
    assert "Please send one number" in await dina.says("more than last year")
    await network.restart()
    assert "Which year is this figure for?" in await dina.says("55 %")
    await dina.does_not_know()
    await dina.taps("Partly reached")
    await dina.says("90 %")
    await dina.says("The annual rate was kept at 55 %.")
    await dina.taps("Skip")
    await dina.does_not_know(ALONE)
    await sends(dina)
    await network.accept("puerto-princesa", dina)


async def bangkok(network: Network) -> None:
    """A number with two readings: two buttons, and nothing is kept before a tap."""
    ekachai = await network.focal_point("Bangkok", "Ekachai Suk")
    await ekachai.says("/report")
    await ekachai.taps("A measured figure")
    assert "What did you mean?" in await ekachai.says("-32,400 %")
    assert "result" not in network.kept_of("bangkok")
    await ekachai.taps("−32.4")
    await ekachai.does_not_know()
    await ekachai.taps("More than promised")
    await sends(ekachai)
    await network.accept("bangkok", ekachai)


async def nonthaburi(network: Network) -> None:
    """Handed over in the middle. A report has one result a target: what is expected of 2010 is told in words, and
    as the city's own judgement."""
    fon = await network.focal_point("Nonthaburi", "Fon Dee")
    await fon.says("/report")
    await fon.taps("A measured figure")
    await fon.says("-28 %")
    await fon.says("2009")
    await fon.says("/status")
    await fon.taps("Hand over", "Make the link")
    gai = network.newcomer("Gai Thong")
    await network.join(gai, network.newest_link(fon.player), "Gai Thong")
    successor = Reporter(network, gai)
    assert "How do you judge it yourselves?" in await successor.says("/report")
    assert "How do you judge it yourselves?" not in await fon.says("/report")
    await successor.taps("Not yet, but on the way")
    await successor.says("26 % in 2008. 30 % is expected by 2010.")
    await successor.taps("Skip")
    await successor.does_not_know(ALONE)
    await sends(successor)
    await network.accept("nonthaburi", successor)


async def sibu(network: Network) -> None:
    """The secretariat leaves a comment without returning anything."""
    hana = await network.focal_point("Sibu", "Hana Lau")
    await hana.says("/report")
    await hana.taps("A measured figure")
    await hana.says("-2 %")
    await hana.says("2008")
    await hana.taps("No judgement")
    await hana.says("On average from 2006 to 2008.")
    await hana.taps("Skip")
    await hana.does_not_know(ALONE)
    await sends(hana)
    await network.open_review("sibu-2026")
    await network.page_with("Waste generation: result")
    await network.stage.press(network.kenji, "Comment")
    await network.stage.press(network.kenji, "result")
    await network.stage.ask(network.kenji, "A year, or the whole period?")
    assert "A year, or the whole period?" in seen(hana.player)
    await network.accept("sibu", hana)


async def kathmandu(network: Network) -> None:
    """A promise without a figure: what was done is told in words."""
    indra = await network.focal_point("Kathmandu", "Indra Rai")
    await indra.says("/report")
    await indra.does_not_know("The promise has no figure.")
    await indra.says(
        "Two sanitary landfills, another is planned by 2010; recycling and composting in communities; "
        "campaigns in schools."
    )
    await sends(indra)
    await network.open_review("kathmandu-2026")
    await network.page_with("Two sanitary landfills")
    await network.accept("kathmandu", indra)


async def weihai(network: Network) -> None:
    """All in Chinese, falls in words."""
    jing = await network.focal_point("Weihai", "静王", "zh-hans")
    await jing.says("/report")
    await jing.taps("实测数字")
    await jing.says("下降百分之九")
    await jing.taps("−9%")
    await jing.says("2008年")
    await jing.taps("暂不评价", "跳过", "跳过", "实测数字")
    await jing.says("减少了15%")
    await jing.taps("−15%")
    await jing.says("二〇〇八年")
    await jing.taps("暂不评价")
    await jing.says("这一数字没有单独注明年份。")
    await jing.skips_to_the_summary()
    await jing.taps("提交给秘书处")
    await network.accept("weihai", jing)


async def kitakyushu(network: Network) -> None:
    """Several numbers in one message; nothing of it is kept before the word."""
    kaori = await network.focal_point("Kitakyushu", "Kaori Abe")
    await kaori.says("/report")
    await kaori.taps("All in one message")
    assert "Nothing is kept yet" in await kaori.says("household waste -26 %, recycling rate 30.6 %")
    assert network.kept_of("kitakyushu") == "{}"
    await kaori.taps("Fill these in")
    await kaori.does_not_know("The promise has no figure.")
    await kaori.says("494 officials were trained in 2007, 434 in 2008, more than 400 in 2009.")
    for _ in range(2):
        await kaori.does_not_know()
        await kaori.taps("No judgement", "Skip", "Skip")
    await kaori.taps("Words, no figure", "No judgement")
    await kaori.says("No figure of emissions. 751 low-emission vehicles in 2007, 860 expected in 2009.")
    await kaori.taps("Skip", "Skip", "Skip", "Skip")
    await kaori.says("Most targets were achieved.")
    await sends(kaori)
    await network.accept("kitakyushu", kaori)


async def surabaya(network: Network) -> None:
    """A fall in words, shown back with its sign; the deputy takes over."""
    lestari = await network.focal_point("Surabaya", "Lestari Putri")
    await lestari.says("/report")
    await lestari.taps("A measured figure")
    await lestari.says("reduced by 58.67 %")
    await lestari.taps("−58.67 %")
    made = await network.deputy("Surabaya", "Made Wijaya")
    assert "Lestari Putri is at question 3 (Waste generation: year).\n" in await made.says("/report")
    assert "Which year is this figure for?" in await made.taps("Take over")
    assert "Made Wijaya goes on with this report now.\n" in seen(lestari.player)
    await made.says("2008")
    await made.taps("More than promised")
    await made.says("−51.38 % in 2007.")
    await made.taps("Skip")
    await made.does_not_know(ALONE)
    await sends(made)
    await network.accept("surabaya", made)


async def ulsan(network: Network) -> None:
    """A range, and then the figure itself by editing the message."""
    nari = await network.focal_point("Ulsan", "Nari Kim")
    await nari.says("/report")
    await nari.taps("A measured figure")
    await nari.says("0.95-0.99")
    await nari.taps("0.95 … 0.99")
    corrected = await nari.edits("0.95-0.99", into="0.99")
    assert "0.95 … 0.99 kg per person per day → 0.99 kg per person per day" in corrected
    await nari.taps("Go on with question 3")
    await nari.does_not_know()
    await nari.taps("Reached", "Skip", "Skip", "A measured figure")
    await nari.says("62.5")
    await nari.does_not_know()
    await nari.taps("Reached")
    await sends(nari)
    await network.accept("ulsan", nari)


Story: TypeAlias = Callable[[Network], Awaitable[None]]
STORIES: Mapping[str, Story] = {
    "bago": bago,
    "cebu": cebu,
    "san-fernando": san_fernando,
    "puerto-princesa": puerto_princesa,
    "bangkok": bangkok,
    "nonthaburi": nonthaburi,
    "sibu": sibu,
    "kathmandu": kathmandu,
    "weihai": weihai,
    "kitakyushu": kitakyushu,
    "surabaya": surabaya,
    "ulsan": ulsan,
}


async def reported(network: Network, city: str) -> str:
    """What the city is told when its report is accepted; it reports first where it has not yet."""
    if city not in network.accepted:
        await STORIES[city](network)
    return network.accepted[city]
