# What programs do with snapshots' blocks: coldsnap's calls for an upload and a download, several at a time. Ends with a traceback at the first thing that is not as with EBS. Keys and
# region come from the environment; the endpoint and, with https, the authority's certificate are the arguments.
import base64
import hashlib
import os
import sys
from concurrent.futures import ThreadPoolExecutor

import boto3
from botocore.exceptions import ClientError

BLOCK = 524288

endpoint, verify = sys.argv[1], (sys.argv[2:] or [True])[0]
ebs = boto3.client("ebs", endpoint_url=endpoint, verify=verify)
ec2 = boto3.client("ec2", endpoint_url=endpoint, verify=verify)


def sha256(data):
    return base64.b64encode(hashlib.sha256(data).digest()).decode()


def put(snapshot, index, data, checksum=None):
    return ebs.put_snapshot_block(
        SnapshotId=snapshot, BlockIndex=index, BlockData=data, DataLength=BLOCK,
        Checksum=checksum or sha256(data), ChecksumAlgorithm="SHA256")


def upload(content, **start):
    snapshot = ebs.start_snapshot(VolumeSize=1, **start)["SnapshotId"]
    with ThreadPoolExecutor(8) as pool:
        for answer in pool.map(lambda c: put(snapshot, *c), content.items()):
            assert answer["ChecksumAlgorithm"] == "SHA256", answer
    linear = sha256(b"".join(hashlib.sha256(content[i]).digest() for i in sorted(content)))
    ebs.complete_snapshot(
        SnapshotId=snapshot, ChangedBlocksCount=len(content), Checksum=linear,
        ChecksumAlgorithm="SHA256", ChecksumAggregationMethod="LINEAR")
    ec2.get_waiter("snapshot_completed").wait(
        SnapshotIds=[snapshot], WaiterConfig={"Delay": 1, "MaxAttempts": 60})
    return snapshot


def get(snapshot, block):
    answer = ebs.get_snapshot_block(
        SnapshotId=snapshot, BlockIndex=block["BlockIndex"], BlockToken=block["BlockToken"])
    data = answer["BlockData"].read()
    assert answer["DataLength"] == len(data) == BLOCK and answer["Checksum"] == sha256(data), answer
    return block["BlockIndex"], data


def download(snapshot):
    blocks, more = [], {}
    while True:
        answer = ebs.list_snapshot_blocks(SnapshotId=snapshot, MaxResults=100, **more)
        blocks += answer["Blocks"]
        if "NextToken" not in answer:
            break
        more = {"NextToken": answer["NextToken"]}
    assert answer["BlockSize"] == BLOCK and answer["VolumeSize"] == 1, answer
    with ThreadPoolExecutor(8) as pool:
        return dict(pool.map(lambda b: get(snapshot, b), blocks))


def error(call, *args, **kwargs):
    try:
        call(*args, **kwargs)
    except ClientError as e:
        return e.response["Error"]["Code"]
    return None


content = {i * 3: os.urandom(BLOCK) for i in range(12)}
content[40] = content[0]
first = upload(content, Description="by boto3", Tags=[{"Key": "Name", "Value": "first"}])
assert download(first) == content
shown = ec2.describe_snapshots(OwnerIds=["self"], Filters=[{"Name": "tag:Name", "Values": ["first"]}])["Snapshots"]
assert [(s["SnapshotId"], s["Progress"], s["Description"]) for s in shown] == [(first, "100%", "by boto3")], shown

change = {3: os.urandom(BLOCK), 6: bytes(BLOCK)}
second = upload(change, ParentSnapshotId=first)
changed = ebs.list_changed_blocks(FirstSnapshotId=first, SecondSnapshotId=second)["ChangedBlocks"]
assert [c["BlockIndex"] for c in changed] == [3, 6] and "SecondBlockToken" not in changed[1], changed
ec2.delete_snapshot(SnapshotId=first)
expected = {**content, 3: change[3]}
del expected[6]
assert download(second) == expected

missing = "snap-0123456789abcdef0"
assert error(ebs.list_snapshot_blocks, SnapshotId=missing) == "ResourceNotFoundException"
assert error(ebs.list_snapshot_blocks, SnapshotId=first) == "ResourceNotFoundException"
assert error(put, second, 0, content[0]) == "ValidationException"
pending = ebs.start_snapshot(VolumeSize=1)["SnapshotId"]
assert error(put, pending, 0, content[0], sha256(b"another")) == "ValidationException"
try:
    put(pending, 9999, content[0])
    raise AssertionError("outside of the volume")
except ebs.exceptions.ValidationException as e:
    assert e.response["Reason"] == "INVALID_BLOCK", e.response
ec2.delete_snapshot(SnapshotId=pending)
ec2.delete_snapshot(SnapshotId=second)
print("all is as with EBS")
