# What scripts do with boto3's resources: objects that load themselves, collections that page, waiters. Ends with a traceback at the first thing that is
# not as with EC2. Keys and region come from the environment; the endpoint and an image are the arguments.
import sys

import boto3
from botocore.exceptions import ClientError, WaiterError

SOON = {"Delay": 1, "MaxAttempts": 60}

endpoint, image_id = sys.argv[1:]
ec2 = boto3.resource("ec2", endpoint_url=endpoint)
client = ec2.meta.client


def wait(name, **what):
    client.get_waiter(name).wait(WaiterConfig=SOON, **what)


def code(call, *args, **kwargs):
    try:
        call(*args, **kwargs)
    except ClientError as e:
        return e.response["Error"]["Code"]
    return None


image = ec2.Image(image_id)
image.wait_until_exists(Filters=[{"Name": "state", "Values": ["available"]}])
assert image.state == "available" and image.root_device_name == "/dev/xvda", image.meta.data
assert [i.id for i in ec2.images.filter(Owners=["self"])] == [image_id]

vpc = next(iter(ec2.vpcs.filter(Filters=[{"Name": "is-default", "Values": ["true"]}])))
assert vpc.is_default and vpc.state == "available"
vpc.wait_until_available()
wait("vpc_exists", VpcIds=[vpc.id])
subnet = list(vpc.subnets.all())[0]
assert subnet.vpc == vpc and subnet.state == "available"
wait("subnet_available", SubnetIds=[subnet.id])

key = ec2.create_key_pair(KeyName="boto3", KeyType="rsa")
assert key.key_material.startswith("-----BEGIN RSA PRIVATE KEY-----")
wait("key_pair_exists", KeyNames=["boto3"])
assert [k.name for k in ec2.key_pairs.all()] == ["boto3"]
assert ec2.KeyPair("boto3").key_fingerprint == key.key_fingerprint

group = ec2.create_security_group(GroupName="boto3", Description="of boto3", VpcId=vpc.id)
wait("security_group_exists", GroupIds=[group.id])
group.authorize_ingress(CidrIp="192.0.2.0/24", IpProtocol="tcp", FromPort=22, ToPort=22)
assert group.ip_permissions[0]["IpRanges"] == [{"CidrIp": "192.0.2.0/24"}], group.ip_permissions
assert code(group.authorize_ingress, CidrIp="192.0.2.0/24", IpProtocol="tcp", FromPort=22, ToPort=22) == "InvalidPermission.Duplicate"
group.revoke_ingress(CidrIp="192.0.2.0/24", IpProtocol="tcp", FromPort=22, ToPort=22)
group.reload()
assert group.ip_permissions == []

placement = ec2.create_placement_group(GroupName="boto3", Strategy="spread")
assert placement.state == "available" and placement.strategy == "spread"

first, second = ec2.create_instances(
    ImageId=image_id, InstanceType="t3.nano", MinCount=2, MaxCount=2, KeyName="boto3", SubnetId=subnet.id, SecurityGroupIds=[group.id],
    TagSpecifications=[{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": "boto3"}]}],
)
ids = [first.id, second.id]
assert first.state["Name"] == "pending" and first.tags == [{"Key": "Name", "Value": "boto3"}]
first.wait_until_exists()
for name in ["instance_running", "instance_status_ok", "system_status_ok"]:
    wait(name, InstanceIds=ids)
first.reload()
assert first.state == {"Code": 16, "Name": "running"}, first.state
assert first.image == image and first.subnet == subnet and first.vpc == vpc and first.key_pair == ec2.KeyPair("boto3")
assert first.security_groups == [{"GroupName": "boto3", "GroupId": group.id}]
assert [g["GroupId"] for g in first.describe_attribute(Attribute="groupSet")["Groups"]] == [group.id]
assert {i.id for i in placement.instances.all()} == set()
assert {i.id for i in subnet.instances.all()} == {i.id for i in vpc.instances.all()} == set(ids)

interface = first.network_interfaces[0]
assert interface.private_ip_address == first.private_ip_address and interface.status == "in-use"
assert interface.groups == [{"GroupName": "boto3", "GroupId": group.id}]
volume = list(first.volumes.all())[0]
wait("volume_in_use", VolumeIds=[volume.id])
assert volume.attachments[0]["InstanceId"] == first.id and volume.state == "in-use"
assert len(list(ec2.volumes.page_size(5))) == 2

first.create_tags(Tags=[{"Key": "stage", "Value": "test"}])
assert ec2.Tag(first.id, "stage", "test").resource_type == "instance"
first.delete_tags(Tags=[{"Key": "stage"}])
first.reload()
assert first.tags == [{"Key": "Name", "Value": "boto3"}]
first.monitor()
first.unmonitor()
first.reboot()
assert first.console_output()["InstanceId"] == first.id
assert first.password_data()["PasswordData"] == ""
assert code(first.start, DryRun=True) == "DryRunOperation"

first.stop()
first.wait_until_stopped(WaiterConfig=SOON)
first.modify_attribute(InstanceType={"Value": "t3.micro"})
first.reload()
assert first.instance_type == "t3.micro" and first.state_reason["Code"] == "Client.UserInitiatedShutdown", first.state_reason
first.start()
first.wait_until_running(WaiterConfig=SOON)

running = ec2.instances.filter(Filters=[{"Name": "instance-state-name", "Values": ["running"]}, {"Name": "tag:Name", "Values": ["boto*"]}])
assert {i.id for i in running} == set(ids)
running.terminate()
for instance in (first, second):
    instance.wait_until_terminated(WaiterConfig=SOON)
wait("volume_deleted", VolumeIds=[volume.id])
# What never comes is told at once, and not after ten minutes of asking.
try:
    wait("instance_running", InstanceIds=ids)
    raise AssertionError("a terminated instance runs")
except WaiterError as e:
    assert "terminal failure state" in str(e), e

# What the web server refuses is told in the service's own form.
for service, call in (("ec2", "describe_instances"), ("sts", "get_caller_identity"), ("iam", "list_users"), ("ecs", "list_clusters")):
    elsewhere = boto3.client(service, endpoint_url=endpoint + "/elsewhere")
    assert code(getattr(elsewhere, call)) == "NotFound", service

# An unset variable of a script asks for nothing more than it would name.
assert code(client.describe_instances, InstanceIds=[""]) == "InvalidInstanceID.Malformed"
assert code(client.run_instances, ImageId=image_id, MinCount=1, MaxCount=1, KeyName="") == "InvalidKeyPair.NotFound"

placement.delete()
group.delete()
key.delete()
assert list(ec2.key_pairs.all()) == []
print("all is as with EC2")
