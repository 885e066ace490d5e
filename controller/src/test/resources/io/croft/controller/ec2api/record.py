"""Records what the AWS CLI and boto3 really send, for FuzzIT: each line is the client and the form that it sent, signature aside.

    /usr/bin/python3 record.py > requests.txt

Needs Debian's awscli and python3-boto3. Nothing leaves this machine: the clients talk to a server that this program is. Ids stand in braces, since they
are another thing in each run; FuzzIT puts its tenant's own in their place.
"""

import http.server
import json
import os
import re
import subprocess
import sys
import threading

import boto3
import botocore
from botocore.config import Config

IDS = {
    "instance": "i-0123456789abcdef0",
    "image": "ami-0123456789abcdef0",
    "vpc": "vpc-0123456789abcdef0",
    "subnet": "subnet-0123456789abcdef0",
    "security-group": "sg-0123456789abcdef0",
    "rule": "sgr-0123456789abcdef0",
    "network-interface": "eni-0123456789abcdef0",
    "volume": "vol-0123456789abcdef0",
    "key-pair": "key-0123456789abcdef0",
}
REFUSAL = b"<Response><Errors><Error><Code>InvalidAction</Code><Message>recorded</Message></Error></Errors><RequestID>r</RequestID></Response>"
PERMISSION = [
    {
        "IpProtocol": "tcp",
        "FromPort": 22,
        "ToPort": 22,
        "IpRanges": [{"CidrIp": "198.51.100.0/24", "Description": "office"}],
        "UserIdGroupPairs": [{"GroupId": IDS["security-group"]}],
    }
]
TAGS = [{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": "web"}, {"Key": "stage", "Value": ""}]}]
NAME = {"Filters": [{"Name": "tag:Name", "Values": ["web*", "db?"]}, {"Name": "vpc-id", "Values": [IDS["vpc"]]}]}
REQUESTS = [
    ("run_instances", {
        "ImageId": IDS["image"], "InstanceType": "t3.nano", "MinCount": 1, "MaxCount": 2, "KeyName": "owned", "UserData": "#!/bin/sh\necho hello\n",
        "SecurityGroupIds": [IDS["security-group"]], "SubnetId": IDS["subnet"], "TagSpecifications": TAGS, "DisableApiTermination": False,
        "BlockDeviceMappings": [{"DeviceName": "/dev/xvda", "Ebs": {"VolumeSize": 9, "VolumeType": "gp3", "DeleteOnTermination": True}}],
        "MetadataOptions": {"HttpTokens": "required", "HttpPutResponseHopLimit": 2}, "HibernationOptions": {"Configured": True}, "ClientToken": "once"}),
    ("run_instances", {
        "ImageId": IDS["image"], "MinCount": 1, "MaxCount": 1, "Placement": {"AvailabilityZone": "us-east-1a"},
        "NetworkInterfaces": [{"DeviceIndex": 0, "SubnetId": IDS["subnet"], "Groups": [IDS["security-group"]], "AssociatePublicIpAddress": True}]}),
    ("describe_instances", {"InstanceIds": [IDS["instance"]]}),
    ("describe_instances", dict(NAME, MaxResults=5)),
    ("describe_instance_status", {"IncludeAllInstances": True, "MaxResults": 5}),
    ("start_instances", {"InstanceIds": [IDS["instance"]]}),
    ("stop_instances", {"InstanceIds": [IDS["instance"]], "Force": True, "Hibernate": False}),
    ("stop_instances", {"InstanceIds": [IDS["instance"]], "Hibernate": True}),
    ("reboot_instances", {"InstanceIds": [IDS["instance"]]}),
    ("terminate_instances", {"InstanceIds": [IDS["instance"]]}),
    ("get_console_output", {"InstanceId": IDS["instance"], "Latest": True}),
    ("get_console_screenshot", {"InstanceId": IDS["instance"], "WakeUp": True}),
    ("modify_instance_attribute", {"InstanceId": IDS["instance"], "InstanceType": {"Value": "t3.micro"}}),
    ("modify_instance_attribute", {"InstanceId": IDS["instance"], "UserData": {"Value": b"#!/bin/sh\n"}}),
    ("modify_instance_attribute", {"InstanceId": IDS["instance"], "Groups": [IDS["security-group"]]}),
    ("describe_instance_attribute", {"InstanceId": IDS["instance"], "Attribute": "userData"}),
    ("modify_instance_metadata_options", {"InstanceId": IDS["instance"], "HttpTokens": "optional", "HttpPutResponseHopLimit": 3}),
    ("monitor_instances", {"InstanceIds": [IDS["instance"]]}),
    ("describe_images", {"Owners": ["self"], "Filters": [{"Name": "name", "Values": ["fuzz*"]}]}),
    ("describe_images", {"ImageIds": [IDS["image"]]}),
    ("register_image", {"Name": "fuzzed", "ImageLocation": "sha256:" + "0" * 64, "Architecture": "x86_64", "RootDeviceName": "/dev/xvda"}),
    ("deregister_image", {"ImageId": IDS["image"]}),
    ("create_key_pair", {"KeyName": "owned", "KeyType": "ed25519"}),
    ("import_key_pair", {"KeyName": "brought", "PublicKeyMaterial":
        b"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl me"}),
    ("describe_key_pairs", {"KeyNames": ["owned"], "IncludePublicKey": True}),
    ("delete_key_pair", {"KeyName": "owned"}),
    ("create_security_group", {"GroupName": "fuzz", "Description": "a group", "VpcId": IDS["vpc"],
        "TagSpecifications": [{"ResourceType": "security-group", "Tags": [{"Key": "a", "Value": "b"}]}]}),
    ("authorize_security_group_ingress", {"GroupId": IDS["security-group"], "IpPermissions": PERMISSION}),
    ("authorize_security_group_egress", {"GroupId": IDS["security-group"], "IpPermissions": PERMISSION}),
    ("revoke_security_group_ingress", {"GroupId": IDS["security-group"], "IpPermissions": PERMISSION}),
    ("revoke_security_group_egress", {"GroupId": IDS["security-group"], "SecurityGroupRuleIds": [IDS["rule"]]}),
    ("describe_security_groups", {"GroupIds": [IDS["security-group"]]}),
    ("describe_security_groups", NAME),
    ("describe_security_group_rules", {"Filters": [{"Name": "group-id", "Values": [IDS["security-group"]]}], "MaxResults": 5}),
    ("delete_security_group", {"GroupId": IDS["security-group"]}),
    ("create_tags", {"Resources": [IDS["instance"], IDS["vpc"]], "Tags": [{"Key": "a", "Value": "1"}, {"Key": "b", "Value": ""}]}),
    ("delete_tags", {"Resources": [IDS["vpc"]], "Tags": [{"Key": "a"}]}),
    ("describe_tags", {"Filters": [{"Name": "resource-id", "Values": [IDS["vpc"]]}]}),
    ("describe_vpcs", {"VpcIds": [IDS["vpc"]]}),
    ("describe_subnets", NAME),
    ("describe_network_interfaces", {"NetworkInterfaceIds": [IDS["network-interface"]]}),
    ("describe_volumes", {"VolumeIds": [IDS["volume"]]}),
    ("describe_volumes", {"Filters": [{"Name": "size", "Values": ["1"]}], "MaxResults": 5}),
    ("describe_regions", {}),
    ("describe_availability_zones", {}),
    ("describe_instance_types", {"InstanceTypes": ["t3.nano"]}),
]
seen = []


class Recorder(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        seen.append(self.rfile.read(int(self.headers["content-length"])).decode())
        self.send_response(400)
        self.send_header("content-length", str(len(REFUSAL)))
        self.end_headers()
        self.wfile.write(REFUSAL)

    def log_message(self, *_):
        pass


def as_json(value):
    return value.decode() if isinstance(value, bytes) else value


def record(client, send):
    before = len(seen)
    send()
    for form in seen[before:]:
        for name, real in sorted(IDS.items(), key=lambda i: -len(i[1])):
            form = form.replace(real, "{" + name + "}")
        print(client, form, sep="\t")


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Recorder)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    endpoint = "http://127.0.0.1:%d" % server.server_port
    keys = {"AWS_ACCESS_KEY_ID": "AKIARECORDED", "AWS_SECRET_ACCESS_KEY": "recorded", "AWS_DEFAULT_REGION": "us-east-1"}
    os.environ.update(keys)
    version = subprocess.run(["/usr/bin/aws", "--version"], capture_output=True, text=True).stdout.split()[0]
    config = Config(retries={"max_attempts": 0})
    for service, name, arguments in [("ec2", *r) for r in REQUESTS] + [("sts", "get_caller_identity", {})]:
        library = boto3.client(service, endpoint_url=endpoint, config=config)

        def python():
            try:
                getattr(library, name)(**arguments)
            except botocore.exceptions.ClientError:
                pass

        def shell():
            command = ["/usr/bin/aws", "--endpoint-url", endpoint, "--cli-binary-format", "raw-in-base64-out", service,
                       name.replace("_", "-"), "--cli-input-json", json.dumps(arguments, default=as_json)]
            subprocess.run(command, capture_output=True, env=dict(os.environ, AWS_MAX_ATTEMPTS="1", AWS_PAGER=""))

        record("boto3/" + boto3.__version__, python)
        record(version, shell)


main()
