"""Delivers updates to a bot's webhook as Telegram does: in lanes, with a secret, repeated until taken."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.rehearsal.updates import Update

if TYPE_CHECKING:
    import httpx

    from bot.rehearsal.world import BotState, Webhook

ANSWER_SECONDS = 60.0
LONGEST_PAUSE = 60.0
LONGEST_RETRY_AFTER = 3600.0


def pause_after(failures: int) -> float:
    """Seconds before the next attempt: at once after the first failure, then 2, 4, 8 ... up to a minute."""
    return 0.0 if failures <= 1 else min(2.0 ** (failures - 1), LONGEST_PAUSE)


class WebhookSender:
    """One sender for one bot. `pace` scales the pauses between repeats: 0.01 makes two seconds 20 ms."""

    def __init__(self, bot: BotState, now: Callable[[], float], pace: float) -> None:
        self._bot, self._now, self._pace = bot, now, pace
        self._lanes: dict[str, asyncio.Task[None]] = {}
        self._client: httpx.AsyncClient | None = None
        bot.queue.on_change(self.look)

    def look(self) -> None:
        """Start a lane for every waiting update that has none, as far as connections allow."""
        hook = self._bot.webhook
        if hook is None:
            return
        for update in self._bot.queue.ready(10**9):
            if update.lane not in self._lanes and len(self._lanes) < hook.max_connections:
                task = asyncio.get_running_loop().create_task(self._run(update.lane))
                self._lanes[update.lane] = task

    async def close(self) -> None:
        for task in list(self._lanes.values()):
            task.cancel()
        await asyncio.gather(*self._lanes.values(), return_exceptions=True)
        if self._client is not None:
            await self._client.aclose()

    async def _run(self, lane: str) -> None:
        """Deliver the updates of one lane, one after the other, until none is left."""
        failures = 0
        try:
            while (hook := self._bot.webhook) and (update := self._first(lane)):
                pause = await self._post(hook, update)
                if pause is None:
                    self._bot.queue.drop(update)
                    failures = 0
                    continue
                failures += 1
                await asyncio.sleep(self._pace * (pause or pause_after(failures)))
        finally:
            self._lanes.pop(lane, None)
        self.look()

    def _first(self, lane: str) -> Update | None:
        return next((update for update in self._bot.queue.ready(10**9) if update.lane == lane), None)

    async def _post(self, hook: Webhook, update: Update) -> float | None:
        """None when the update was taken, else the seconds that the receiver asks to wait (0: none named)."""
        import httpx

        if self._client is None:
            self._client = httpx.AsyncClient(timeout=ANSWER_SECONDS, trust_env=False)
        headers = {"X-Telegram-Bot-Api-Secret-Token": hook.secret} if hook.secret else {}
        try:
            answer = await self._client.post(hook.url, json=update.as_json(), headers=headers)
        except httpx.HTTPError as error:
            self._note(hook, f"Connection failed: {type(error).__name__}")
            return 0.0
        if answer.is_success:
            return None
        self._note(hook, f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}")
        asked = answer.headers.get("retry-after", "")
        return min(float(asked), LONGEST_RETRY_AFTER) if asked.isdigit() else 0.0

    def _note(self, hook: Webhook, sentence: str) -> None:
        hook.last_error, hook.last_error_date = sentence, int(self._now())
