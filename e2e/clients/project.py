"""Opens a project and advances it with a client made by openapi-python-client: python project.py ADDRESS TOKEN [CONTRACT]

First it is counted that the client has every operation of the contract: the maker leaves out what it does not understand.
"""

import importlib
import re
import sys
import time
import uuid
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "made"))

from parkway_client import AuthenticatedClient, models  # noqa: E402
from parkway_client.types import Unset  # noqa: E402

PARTS = Path(__file__).parent / "made" / "parkway_client" / "api"
contract = (Path(__file__).parent / "../../api/openapi.yaml").read_text(encoding="utf-8")


def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).replace(".", "_").replace("-", "_").lower()


asked = {snake(name) for name in re.findall(r"^\s+operationId: (\S+)$", contract, re.MULTILINE)}
made = {path.stem for path in PARTS.glob("*/*.py")} - {"__init__"}
assert asked, "the contract has no operations"
assert asked == made, f"the client lacks {sorted(asked - made)}, and has {sorted(made - asked)}"

address, token = sys.argv[1:3]
client = AuthenticatedClient(base_url=address, token=token, raise_on_unexpected_status=True)


def call(operation: str, *args, refused: bool = False, **kwargs):
    """Calls an operation and returns what it answered; what is refused is an error, unless that is what is wanted."""
    [path] = PARTS.glob(f"*/{operation}.py")
    module = importlib.import_module(f"parkway_client.api.{path.parent.name}.{operation}")
    answer = module.sync_detailed(*args, client=client, **kwargs)
    assert isinstance(answer.parsed, models.Problem) == refused, f"{operation}: {answer.status_code} {answer.content.decode()}"
    return answer.parsed


def command(operation: str, *args, body, **kwargs):
    return call(operation, *args, body=body, idempotency_key=str(uuid.uuid4()), **kwargs)


me = call("get_me")
firm = call("list_enterprises", q="丰禾汽车部件").items[0]
asked_for = {
    "title": f"Python 客户端 {time.time_ns()}",
    "enterprise_id": firm.id,
    "entry_stage": "lead",
    "facts": {"sector": "ev_parts", "site_mode": "existing_land", "investment": "120000000.00"},
}
known = command("project_open", body=models.ProjectOpen.from_dict(asked_for), refused=True)
assert known.code == "may_be_known", known  # the enterprise negotiates about another one
opened = command("project_open", body=models.ProjectOpen.from_dict(asked_for | {"all_the_same": "另一条生产线，选址不同"}))
case = uuid.UUID(opened.standing.case_id)
early = command("project_advance", case, body=models.ProjectAdvance(from_="lead"), refused=True)
assert early.code == "gate_incomplete", early
contact = models.ProjectRecordContact.from_dict({"way": "visit", "said": "看过对方车间"})
command("project_contact", case, body=contact, occurred_at=opened.event.occurred_at.isoformat())
command("project_introduce", case, body=models.ProjectIntroduce(unit="园区招商科", share=100))
advanced = command("project_advance", case, body=models.ProjectAdvance(from_="lead"))
assert advanced.standing.stage == "negotiation", advanced
project = call("get_project", case)
history = call("get_history", case)
assert len(history.events) == 4 and not isinstance(project.number, Unset), history
print(f"Python: {me.actor.name} opened {project.number} and advanced it to {advanced.standing.stage}; the client has all {len(asked)} operations")
