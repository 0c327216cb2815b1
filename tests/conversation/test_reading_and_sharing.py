"""An entry at hand: reading on, what is near, where it was taken up, and passing it on."""

from __future__ import annotations

import re
from itertools import count

from bot.rehearsal.people import Player, start_payload

from .network import LONG_BODY
from .stage import Stage, labels, text_of

BASKETS = "/start e_basket-composting"


async def read_all(stage: Stage, reader: Player) -> list[str]:
    """All pages of the entry whose card is shown, page by page."""
    pages = [await stage.press(reader, "Read more")]
    while "Next ›" in labels(reader):
        pages.append(await stage.press(reader, "Next"))
    return pages


async def test_a_long_text_is_read_page_by_page_in_one_message(stage: Stage, sari: Player) -> None:
    await stage.ask(sari, BASKETS)
    messages = len(sari.messages())
    pages = await read_all(stage, sari)
    assert len(pages) > 2
    assert f"(1/{len(pages)})" in pages[0]
    assert len(sari.messages()) == messages
    assert await stage.press(sari, "Back") == pages[-2]
    assert "A basket in every kitchen" in await stage.press(sari, "Short card")


async def test_no_word_of_a_long_text_is_lost_or_cut_between_pages(stage: Stage, sari: Player) -> None:
    await stage.ask(sari, BASKETS)
    shown = " ".join(" ".join(await read_all(stage, sari)).split())
    for number in range(1, 13):
        assert f"Paragraph {number} tells of the {number}th street and its baskets & bins;" in shown
    assert shown.count("every household sorts its waste") == LONG_BODY.count(
        "every household sorts its waste"
    )


async def test_pages_end_at_paragraphs(stage: Stage, sari: Player) -> None:
    await stage.ask(sari, BASKETS)
    for page in (await read_all(stage, sari))[1:-1]:
        body = page.split("\n", 2)[-1]
        assert body.lstrip().startswith("Paragraph")


async def test_links_of_a_text_open_entries_and_addresses_and_nothing_else(
    stage: Stage, sari: Player
) -> None:
    await stage.ask(sari, "/start e_naga-baskets")
    await stage.press(sari, "Read more")
    links = [e["url"] for e in sari.messages()[-1].entities if e["type"] == "text_link"]
    assert "https://example.org/?a=1&b=2" in links
    inside = next(link for link in links if link != "https://example.org/?a=1&b=2")
    payload = start_payload(inside, stage.emulator.bot.account.username)
    assert "Basket composting" in await stage.ask(sari, f"/start {payload}")
    await stage.ask(sari, "/start e_rainwater-tanks")
    await stage.press(sari, "Read more")
    assert "javascript" not in str(sari.messages()[-1].entities)


async def test_similar_entries_open_below_and_the_card_stays(stage: Stage, sari: Player) -> None:
    card = await stage.ask(sari, BASKETS)
    assert "How Naga took over the baskets" in await stage.press(sari, "Similar")
    assert "They came" not in text_of(sari)
    assert "How Naga took over the baskets" in await stage.press(sari, "How Naga took over")
    assert card in [message.text for message in sari.messages()]


async def test_where_it_was_replicated_names_the_places_and_who_tells_of_them(
    stage: Stage, sari: Player
) -> None:
    await stage.ask(sari, BASKETS)
    shown = await stage.press(sari, "Where it was replicated")
    assert "Naga: Naga copied the baskets." in shown
    assert "🌱 How Naga took over the baskets" in labels(sari)


async def test_a_shared_link_opens_exactly_this_entry(stage: Stage, sari: Player, marie: Player) -> None:
    await stage.ask(sari, "/start e_naga-baskets")
    shared = await stage.press(sari, "Share")
    link = re.search(r"https://t\.me/\S+", shared)
    assert link is not None
    payload = start_payload(link.group(), stage.emulator.bot.account.username)
    await marie.start(payload or "")
    await stage.settled()
    assert "How Naga took over the baskets" in text_of(marie)


async def test_a_link_with_a_former_id_still_opens_the_entry(stage: Stage, sari: Player) -> None:
    assert "Basket composting in Surabaya" in await stage.ask(sari, "/start e_kitchen-baskets")


async def test_opening_a_link_twice_is_harmless(stage: Stage, sari: Player) -> None:
    assert await stage.ask(sari, BASKETS) == await stage.ask(sari, BASKETS)


async def test_a_strange_payload_is_greeted_like_any_start(stage: Stage, sari: Player) -> None:
    for payload in ("zzz", "e", "e_", "E_basket-composting"):
        assert "Welcome to Focal" in await stage.ask(sari, f"/start {payload}") or "not there" in text_of(
            sari
        )


async def test_inline_mode_puts_an_entry_into_any_chat(stage: Stage, sari: Player, marie: Player) -> None:
    group = stage.emulator.group(-100700, "Compost", [sari, marie])
    query = await sari.inline("basket composting")
    results = (await query.answered())["results"]
    chosen = next(r for r in results if r["id"] == "basket-composting")
    assert chosen
    posted = await sari.choose(query, "basket-composting", chat=group)
    await stage.settled()
    assert "A basket in every kitchen" in posted.text
    assert group.messages()[-1].id == posted.id, "the bot must not answer its own card"
    url = posted.buttons[0]["url"]
    assert start_payload(url, stage.emulator.bot.account.username) == "e_basket-composting"


async def test_inline_mode_answers_in_the_reader_s_language(stage: Stage, wei: Player) -> None:
    results = (await (await wei.inline("篮子堆肥")).answered())["results"]
    assert "泗水的篮子堆肥" in str(results)


async def test_inline_mode_is_silent_where_nothing_fits(stage: Stage, sari: Player) -> None:
    for words in ("", "x", "zeppelin harbour masters", "😀" * 30, "a" * 256):
        assert (await (await sari.inline(words)).answered())["results"] == []
    assert stage.sql("SELECT count(*) FROM lookups") == [(0,)]


async def test_send_to_a_chat_begins_an_inline_query_for_this_entry(stage: Stage, sari: Player) -> None:
    await stage.ask(sari, "/start e_naga-baskets")
    await stage.press(sari, "Share")
    words = next(k["switch_inline_query"] for k in sari.messages()[-1].buttons if "switch_inline_query" in k)
    results = (await (await sari.inline(words)).answered())["results"]
    assert results[0]["id"] == "naga-baskets"


async def test_a_name_that_is_an_id_too_finds_more_than_itself(stage: Stage, sari: Player) -> None:
    results = (await (await sari.inline("surabaya")).answered())["results"]
    ids = [result["id"] for result in results]
    assert ids[0] == "surabaya"
    assert "basket-composting" in ids
    assert len(set(ids)) == len(ids)


async def test_an_id_that_no_word_of_its_entry_says_finds_it_first(stage: Stage, sari: Player) -> None:
    results = (await (await sari.inline("public-guide")).answered())["results"]
    assert results[0]["id"] == "public-guide"


async def test_every_page_of_every_shipped_entry_is_markup_that_telegram_takes(shipped: Stage) -> None:
    """The emulator parses as strictly as Telegram: broken markup would be refused and counted as a problem."""
    reader = shipped.person(7, "Ana", "en")
    number = count(1)
    library = shipped.focal.knowledge.current.library
    longest = sorted(library.entries.values(), key=lambda entry: -len(str(entry)))[:12]
    await shipped.ask(reader, "/start")
    for entry in longest:
        first = await shipped.forge(reader, f"r1:{entry.id}", 900_000 + next(number))
        pages = re.search(r"\(1/(\d+)\)", first)
        for page in (0, *range(2, int(pages.group(1)) + 1 if pages else 2)):
            await reader.press_data(f"r{page}:{entry.id}", 900_000 + next(number))
    await shipped.settled()
    refused = [c for c in shipped.emulator.calls_of("sendMessage") if not c.answer.get("ok")]
    assert refused == []
    assert len(shipped.emulator.calls_of("sendMessage")) == next(number)
