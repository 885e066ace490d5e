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


def answer(call):
    try:
        method = getattr(client(call["service"]), botocore.xform_name(call["action"]))
        body = method(**call["parameters"])
        body.pop("ResponseMetadata", None)
        return {"error": "", "body": body}
    except botocore.exceptions.ClientError as e:
        return {"error": e.response["Error"]["Code"], "body": {}}
    except (botocore.exceptions.BotoCoreError, AttributeError) as e:
        return {"error": repr(e), "body": {}}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line)), default=plain), flush=True)
