"""What is set from outside is checked once, in words, and never hands a child process the administrator's password."""

from pathlib import Path

import pytest

from sightline.config.environment import UnusableEnvironment, read_environment, variables_for_child
from sightline.config.mail import MailServer, UnusableMailAddress, mail_server


def test_with_nothing_set_there_is_a_folder_beside_the_project_and_port_8000():
    environment = read_environment({})
    assert environment.data == Path(__file__).parents[3] / "sightline-data"
    assert (environment.host, environment.port, environment.address) == ("localhost", 8000, "http://localhost:8000")
    assert environment.role == "web"
    assert environment.database is None
    assert not environment.https


def test_an_empty_variable_counts_as_not_set():
    assert read_environment({"PORT": "", "DATABASE_URL": " "}) == read_environment({})


def test_the_address_decides_whether_cookies_need_encryption():
    assert read_environment({"SIGHTLINE_ADDRESS": "https://sightline.example.org/"}).https


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "٨٠٠٠"),
        ("PORT", "-1"),
        ("SIGHTLINE_ROLE", "administrator"),
        ("SIGHTLINE_ADDRESS", "sightline.example.org"),
        ("SIGHTLINE_ADDRESS", "http://[broken"),
        ("SIGHTLINE_ADDRESS", "https://example.org/sightline"),
        ("SIGHTLINE_PROXIES", "many"),
        ("SIGHTLINE_SPARK", "http://hunter2@host"),
        ("DATABASE_URL", "postgresql://admin:hunter2@host:port:port/x"),
        ("DATABASE_URL", "mysql://admin:hunter2@host/x"),
        ("DATABASE_URL", "postgresql:///nowhere"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name_and_without_its_password(variable, value):
    with pytest.raises(UnusableEnvironment, match=variable) as refusal:
        read_environment({variable: value})
    assert "hunter2" not in str(refusal.value)


def test_a_child_process_gets_the_database_without_the_administrators_name_and_password():
    url = "postgresql://admin:hunter2@db.example.org:5433/records?sslmode=require"
    environment = read_environment({"DATABASE_URL": url, "SIGHTLINE_DATA": "/srv/sightline"})
    variables = variables_for_child(environment, "web", {"DATABASE_URL": url, "PGPASSWORD": "hunter2", "PATH": "/bin"})
    assert "hunter2" not in repr(variables)
    assert "admin" not in variables["DATABASE_URL"]
    assert variables["SIGHTLINE_ROLE"] == "web"
    assert variables["PATH"] == "/bin"
    again = read_environment(variables)
    assert dict(again.database) == {
        "host": "db.example.org", "port": "5433", "dbname": "records", "sslmode": "require"
    }


def test_a_mail_server_is_read_from_one_address():
    assert mail_server(None) is None
    assert mail_server("smtp://localhost:2525") == MailServer("localhost", 2525, "", "", starttls=False, tls=False)
    assert mail_server("smtp+starttls://me:a%40b@mail.example.org") == MailServer(
        "mail.example.org", 587, "me", "a@b", starttls=True, tls=False
    )
    assert mail_server("smtps://mail.example.org") == MailServer(
        "mail.example.org", 465, "", "", starttls=False, tls=True
    )


@pytest.mark.parametrize("url", ["mail.example.org", "http://mail.example.org", "smtp://", "smtp://host:port", "smtp://["])
def test_an_unreadable_mail_address_is_refused(url):
    with pytest.raises(UnusableMailAddress, match="SIGHTLINE_SMTP_URL"):
        read_environment({"SIGHTLINE_SMTP_URL": url})
