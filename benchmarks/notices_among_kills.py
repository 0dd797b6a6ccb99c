"""Count lost and doubled notices while the processes that send files and the worker that reads them are killed (-9).

Files of permanent exclusions are sent by `sightline import` to a running Sightline. Each row owes the council two
duties, and so two notices in its inbox: the screen and the education from the sixth day. Senders are killed at any
moment and send again until they are told that all is held; the worker is killed every few seconds and begun again by
`sightline serve`. E-mails go to a post office that counts: one sent twice is one too many, and harmless.
"""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import psutil
import psycopg

from benchmarks import notice_latency
from benchmarks.installation import Row, measured_apart, tell
from benchmarks.post_office import PostOffice, post_office
from sightline.config.environment import read_environment
from sightline.config.folders import DataFolder
from sightline.config.postgres import EmbeddedPostgres

QUICK, FULL = 500, 5_000
"""Rows; each owes two notices."""
ROWS_A_FILE = 50
SENDERS = 2
COUNCIL, POSTCODE = "Knowsley", "L36 9YZ"
CODES = ("D-EX-4", "D-EX-6")
IMPORT = "from sightline.interfaces.cli.main import main; main()"
WAIT_FOR_REST_SECONDS = 420
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def measure(*, full: bool) -> list[Row]:
    """Keep the agencies, serve, send, kill, and count."""
    return measured_apart("benchmarks.notices_among_kills", ("worker", "fill", "0"),
                          ("worker", "kill", str(FULL if full else QUICK)))


def run(rows: int) -> list[Row]:
    """Send the files among kills, wait until all has come to rest, and count."""
    folder = Path(os.environ["SIGHTLINE_DATA"]) / "sent"
    folder.mkdir(parents=True)
    files = [_write(folder / f"file-{first}.csv", first) for first in range(0, rows, ROWS_A_FILE)]
    kills: Counter[str] = Counter()
    with post_office() as office:
        os.environ["SIGHTLINE_SMTP_URL"] = office.url
        with notice_latency.served() as server:
            stop = threading.Event()
            killer = threading.Thread(target=_kill_the_worker, args=(server.pid, stop, kills))
            killer.start()
            senders = [threading.Thread(target=_send, args=(files[number::SENDERS], number, kills))
                       for number in range(SENDERS)]
            for thread in senders:
                thread.start()
            for thread in senders:
                thread.join()
            stop.set()
            killer.join()
            dsn = EmbeddedPostgres(DataFolder(read_environment().data)).dsn("worker")
            with psycopg.connect(dsn, autocommit=True) as session:
                session.execute("select set_config('sightline.task', 'benchmark', false)")
                _wait_for_rest(session)
                return _rows(session, office, kills, rows=rows)


def _write(path: Path, first: int) -> Path:
    today = datetime.now(UTC).date()
    lines = ["laestab,school,forename,surname,dob,sex,postcode,category,start_date,sessions,reason1,reference"]
    for number in range(first, first + ROWS_A_FILE):
        born = date(2009, 1, 1) + timedelta(days=number * 37 % 3000)
        lines.append(f"3404421,Stockbridge High School,Amara,{_surname(number)},{born},F,{POSTCODE},PERM,{today},,BW,"
                     f"K{number}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _surname(number: int) -> str:
    number, letters = number * 7919, ""
    for _ in range(6):
        number, letter = divmod(number, len(LETTERS))
        letters += LETTERS[letter]
    return letters.title()


def _send(files: list[Path], seed: int, kills: Counter[str]) -> None:
    """Send each file until the sender is told that it is held; kill the sender again and again."""
    rng = random.Random(seed)
    for path in files:
        command = [sys.executable, "-c", IMPORT, "import", str(path), "--feed", "exclusions", "--from", COUNCIL,
                   "--json"]
        while True:
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            patience = rng.uniform(0.8, 5) if rng.random() < 0.6 else None
            try:
                if process.wait(patience) == 0:
                    break
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                kills["senders killed"] += 1


def _kill_the_worker(server: int, stop: threading.Event, kills: Counter[str]) -> None:
    rng = random.Random(server)
    while not stop.wait(rng.uniform(4, 12)):
        with suppress(psutil.NoSuchProcess):
            for process in psutil.Process(server).children(recursive=True):
                if any("sightline.interfaces.jobs.worker" in word for word in process.cmdline()):
                    process.send_signal(signal.SIGKILL)
                    kills["workers killed"] += 1


AT_REST = """
select (select count(*) from intake_submission where done_at is null) + (select count(*) from record_news)
  + (select count(*) from duties_notice where next_try_at is not null)
  + (select count(*) from procrastinate_jobs where status = 'doing')
"""


def _wait_for_rest(session: psycopg.Connection) -> None:
    until = time.perf_counter() + WAIT_FOR_REST_SECONDS
    while time.perf_counter() < until and session.execute(AT_REST).fetchall() != [(0,)]:
        time.sleep(1)


HELD = """
select s.file_name, e.row, d.code, count(*) from duties_notice n join duties_owedduty d on d.id = n.duty_id
  join record_entry e on e.id::text = d.started_key join intake_submission s on s.id = e.submission_id
where n.key like '%:started' and d.code = any(%s) group by 1, 2, 3
"""


def _rows(session: psycopg.Connection, office: PostOffice, kills: Counter[str], *, rows: int) -> list[Row]:
    held = {(file, row, code): number for file, row, code, number in session.execute(
        HELD.replace("'%:", "'%%:").encode(), [list(CODES)]).fetchall()}
    notices = session.execute("select count(*), count(*) filter (where sent_at is null) from duties_notice").fetchall()
    entries = session.execute("select count(*) from record_entry where kind = 'school.exclusion'").fetchall()
    return [
        ("rows sent", rows, ""), ("notices that they owe", rows * len(CODES), ""),
        *((what, number, "") for what, number in sorted(kills.items())),
        ("exclusions held", entries[0][0], ""),
        ("notices lost", rows * len(CODES) - len(held), ""),
        ("notices doubled", sum(held.values()) - len(held), ""),
        ("notices of which no e-mail was sent", notices[0][1], ""),
        ("e-mails, each counted once", len(office.came), ""),
        ("e-mails that came again", sum(office.came.values()) - len(office.came), ""),
        ("things that the e-mails say wait", sum(office.waiting.values()), ""), ("notices in all", notices[0][0], ""),
    ]


def main() -> int:
    """Run one step in this process and tell its rows."""
    tell(notice_latency.fill(0) if sys.argv[1] == "fill" else run(int(sys.argv[2])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
