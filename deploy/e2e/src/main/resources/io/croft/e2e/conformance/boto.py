# One request a line on stdin, one answer a line on stdout. Keys and region come from the environment.
import base64
import json
import os
import sys

import boto3
import botocore
import botocore.config
import botocore.exceptions

CONFIG = botocore.config.Config(retries={"total_max_attempts": 1})
clients = {}


def client(service):
    if service not in clients:
        clients[service] = boto3.client(service, endpoint_url=os.environ["AWS_ENDPOINT_URL"], config=CONFIG)
    return clients[service]


def plain(value):
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value.isoformat()


# boto3 takes bytes where AWS's model has a blob; a case has them in base64, as the CLI takes them.
def filled(shape, value):
    if shape.type_name == "structure":
        return {k: filled(shape.members[k], v) if k in shape.members else v for k, v in value.items()}
    if shape.type_name == "list":
        return [filled(shape.member, v) for v in value]
    return base64.b64decode(value) if shape.type_name == "blob" else value


def answer(call):
    try:
        service = client(call["service"])
        method = getattr(service, botocore.xform_name(call["action"]), None)
        if method is None:
            return {"error": "unknown action", "body": {}}
        operation = service.meta.service_model.operation_model(call["action"])
        parameters = filled(operation.input_shape, call["parameters"]) if operation.input_shape else {}
        body = method(**parameters)
        body.pop("ResponseMetadata", None)
        return {"error": "", "body": body}
    except botocore.exceptions.ClientError as e:
        return {"error": e.response["Error"]["Code"], "body": {}}
    except botocore.exceptions.BotoCoreError as e:
        return {"error": repr(e), "body": {}}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line)), default=plain), flush=True)
