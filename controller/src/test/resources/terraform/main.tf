# What a tenant of Croft writes, of every kind that is served: applied, changed by the second value of each variable, and destroyed.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

variable "endpoint" { type = string }
variable "image" { type = string }
variable "friend" { type = string }
variable "public_key" { type = string }

variable "changed" {
  type    = bool
  default = false
}

locals {
  stage = var.changed ? "second" : "first"
}

provider "aws" {
  region                  = "us-east-1"
  skip_region_validation  = true
  skip_metadata_api_check = true
  endpoints {
    ec2 = var.endpoint
    sts = var.endpoint
    iam = var.endpoint
  }
  default_tags {
    tags = { Stage = local.stage }
  }
}

data "aws_caller_identity" "me" {}
data "aws_region" "here" {}

data "aws_availability_zones" "all" {
  state = "available"
}

data "aws_vpc" "default" {
  default = true
}

data "aws_subnets" "default" {
  filter {
    name   = "vpc-id"
    values = [data.aws_vpc.default.id]
  }
}

data "aws_subnet" "first" {
  id = data.aws_subnets.default.ids[0]
}

data "aws_security_group" "default" {
  vpc_id = data.aws_vpc.default.id
  name   = "default"
}

data "aws_ami" "base" {
  owners = ["self"]
  filter {
    name   = "image-id"
    values = [var.image]
  }
}

data "aws_ec2_instance_type" "named" {
  instance_type = "c4.xlarge"
}

data "aws_ec2_instance_types" "small" {
  filter {
    name   = "processor-info.supported-architecture"
    values = ["i386"]
  }
}

data "aws_ec2_instance_type_offering" "preferred" {
  filter {
    name   = "instance-type"
    values = ["g5.xlarge", "t2.micro"]
  }
  preferred_instance_types = ["g5.xlarge", "t2.micro"]
}

data "aws_ec2_instance_type_offerings" "zone" {
  location_type = "availability-zone"
  filter {
    name   = "location"
    values = [data.aws_availability_zones.all.names[0]]
  }
}

resource "aws_key_pair" "me" {
  key_name   = "terraform"
  public_key = var.public_key
}

resource "aws_security_group" "inline" {
  name        = "inline"
  description = "with its rules inside"
  vpc_id      = data.aws_vpc.default.id

  ingress {
    description = "web"
    from_port   = var.changed ? 8443 : 443
    to_port     = var.changed ? 8443 : 443
    protocol    = "tcp"
    cidr_blocks = ["192.0.2.0/24", "198.51.100.0/24"]
  }
  ingress {
    from_port = 0
    to_port   = 0
    protocol  = "-1"
    self      = true
  }
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "bare" {
  name_prefix = "bare-"
  description = "with its rules outside"
}

resource "aws_security_group_rule" "old" {
  for_each          = toset(["ingress", "egress"])
  type              = each.key
  security_group_id = aws_security_group.bare.id
  protocol          = "udp"
  from_port         = 5000
  to_port           = 5001
  cidr_blocks       = ["203.0.113.0/24"]
  description       = "rule, ${local.stage}"
}

resource "aws_vpc_security_group_ingress_rule" "group" {
  security_group_id            = aws_security_group.bare.id
  referenced_security_group_id = aws_security_group.inline.id
  ip_protocol                  = "tcp"
  from_port                    = 22
  to_port                      = var.changed ? 23 : 22
}

resource "aws_vpc_security_group_ingress_rule" "icmp" {
  security_group_id = aws_security_group.bare.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "icmp"
  from_port         = 8
  to_port           = -1
  description       = local.stage
}

resource "aws_vpc_security_group_egress_rule" "all" {
  security_group_id = aws_security_group.bare.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}

resource "aws_placement_group" "spread" {
  name     = "terraform"
  strategy = "spread"
}

resource "aws_instance" "plain" {
  ami                                  = data.aws_ami.base.id
  instance_type                        = var.changed ? "t3.small" : "t3.micro"
  key_name                             = aws_key_pair.me.key_name
  subnet_id                            = data.aws_subnet.first.id
  vpc_security_group_ids               = var.changed ? [aws_security_group.inline.id, aws_security_group.bare.id] : [aws_security_group.inline.id]
  placement_group                      = aws_placement_group.spread.name
  associate_public_ip_address          = false
  ebs_optimized                        = true
  monitoring                           = var.changed
  disable_api_termination              = var.changed
  disable_api_stop                     = false
  instance_initiated_shutdown_behavior = "stop"
  user_data                            = "#!/bin/sh\necho ${local.stage}\n"
  source_dest_check                    = !var.changed

  metadata_options {
    http_tokens                 = var.changed ? "required" : "optional"
    http_put_response_hop_limit = 2
    instance_metadata_tags      = "enabled"
  }

  root_block_device {
    volume_size           = 4
    volume_type           = "gp3"
    delete_on_termination = true
    tags                  = { Name = "root" }
  }

  tags = { Name = "plain" }
}

resource "aws_instance" "disks" {
  ami           = data.aws_ami.base.id
  instance_type = "t3.micro"

  ebs_block_device {
    device_name           = "/dev/sdf"
    volume_size           = 8
    volume_type           = "gp3"
    iops                  = 3500
    throughput            = 200
    delete_on_termination = true
  }
  ebs_block_device {
    device_name           = "/dev/sdg"
    volume_size           = 10
    volume_type           = "io1"
    iops                  = 200
    delete_on_termination = true
  }
  volume_tags = { Name = "disks" }
}

resource "aws_ebs_volume" "data" {
  availability_zone = aws_instance.plain.availability_zone
  type              = "gp3"
  size              = var.changed ? 6 : 4
  iops              = 3000
  throughput        = var.changed ? 250 : 125
  tags              = { Name = "data" }
}

resource "aws_volume_attachment" "data" {
  device_name = "/dev/sdh"
  volume_id   = aws_ebs_volume.data.id
  instance_id = aws_instance.plain.id
}

data "aws_ebs_volume" "data" {
  filter {
    name   = "volume-id"
    values = [aws_ebs_volume.data.id]
  }
}

resource "aws_ec2_tag" "of_instance" {
  resource_id = aws_instance.templated.id
  key         = "tagged-by"
  value       = local.stage
}

resource "aws_launch_template" "web" {
  name_prefix            = "web-"
  update_default_version = true
  image_id               = data.aws_ami.base.id
  instance_type          = var.changed ? "t2.small" : "t2.micro"
  key_name               = aws_key_pair.me.key_name
  user_data              = base64encode("#!/bin/sh\n")
  vpc_security_group_ids = [aws_security_group.bare.id]

  block_device_mappings {
    device_name = "/dev/xvda"
    ebs {
      volume_size = 3
      volume_type = "gp3"
    }
  }
  metadata_options {
    http_tokens = "required"
  }
  monitoring {
    enabled = true
  }
  tag_specifications {
    resource_type = "instance"
    tags          = { Name = "web" }
  }
}

resource "aws_instance" "templated" {
  launch_template {
    id      = aws_launch_template.web.id
    version = "1"
  }
  # The provider takes its own hash of user data that came from a template for a change of them; aws_ec2_tag adds a tag to this instance.
  lifecycle {
    ignore_changes = [tags, tags_all, user_data]
  }
}

resource "aws_ec2_instance_state" "power" {
  instance_id = aws_instance.templated.id
  state       = var.changed ? "stopped" : "running"
}

resource "aws_ami_copy" "copy" {
  name              = "copied"
  description       = "a copy, ${local.stage}"
  source_ami_id     = data.aws_ami.base.id
  source_ami_region = data.aws_region.here.name
}

resource "aws_ami_launch_permission" "friend" {
  image_id   = aws_ami_copy.copy.id
  account_id = var.friend
}

output "offered" {
  value = data.aws_ec2_instance_type_offering.preferred.instance_type
}

output "cores" {
  value = data.aws_ec2_instance_type.named.default_cores
}
