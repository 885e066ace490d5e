# A network of its own, as a tenant writes one: applied, changed by the second value of the variable, and destroyed.

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

variable "changed" {
  type    = bool
  default = false
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
    tags = { Stage = var.changed ? "second" : "first" }
  }
}

resource "aws_vpc" "own" {
  cidr_block           = "10.20.0.0/16"
  enable_dns_hostnames = var.changed
  tags                 = { Name = "own" }
}

resource "aws_vpc_ipv4_cidr_block_association" "more" {
  vpc_id     = aws_vpc.own.id
  cidr_block = "10.21.0.0/16"
}

resource "aws_subnet" "public" {
  vpc_id                  = aws_vpc.own.id
  cidr_block              = "10.20.1.0/24"
  availability_zone       = "us-east-1a"
  map_public_ip_on_launch = var.changed
}

resource "aws_subnet" "private" {
  vpc_id     = aws_vpc_ipv4_cidr_block_association.more.vpc_id
  cidr_block = "10.21.2.0/24"
}

resource "aws_internet_gateway" "out" {
  vpc_id = aws_vpc.own.id
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.own.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.out.id
  }
}

resource "aws_route_table" "private" {
  vpc_id = aws_vpc.own.id
}

resource "aws_route" "one" {
  route_table_id         = aws_route_table.private.id
  destination_cidr_block = var.changed ? "203.0.113.0/24" : "198.51.100.0/24"
  gateway_id             = aws_internet_gateway.out.id
}

resource "aws_route_table_association" "public" {
  subnet_id      = aws_subnet.public.id
  route_table_id = var.changed ? aws_route_table.private.id : aws_route_table.public.id
}

resource "aws_main_route_table_association" "main" {
  vpc_id         = aws_vpc.own.id
  route_table_id = aws_route_table.private.id
}

resource "aws_default_security_group" "own" {
  vpc_id = aws_vpc.own.id
}

resource "aws_security_group" "web" {
  name   = "web"
  vpc_id = aws_vpc.own.id
}

resource "aws_instance" "web" {
  ami                    = var.image
  instance_type          = "t3.nano"
  subnet_id              = aws_subnet.public.id
  vpc_security_group_ids = [aws_security_group.web.id]
}

resource "aws_eip" "web" {
  domain     = "vpc"
  depends_on = [aws_internet_gateway.out]
}

resource "aws_eip_association" "web" {
  allocation_id = aws_eip.web.id
  instance_id   = aws_instance.web.id
}

resource "aws_instance" "other" {
  ami           = var.image
  instance_type = "t3.nano"
  subnet_id     = aws_subnet.public.id
}

resource "aws_eip" "direct" {
  domain   = "vpc"
  instance = aws_instance.other.id

  depends_on = [aws_internet_gateway.out]
}

resource "aws_network_acl" "private" {
  vpc_id     = aws_vpc.own.id
  subnet_ids = var.changed ? [] : [aws_subnet.private.id]

  egress {
    rule_no    = 100
    protocol   = "-1"
    action     = "allow"
    cidr_block = "0.0.0.0/0"
    from_port  = 0
    to_port    = 0
  }

  ingress {
    rule_no    = var.changed ? 110 : 100
    protocol   = "tcp"
    action     = "allow"
    cidr_block = "10.20.0.0/16"
    from_port  = 22
    to_port    = 23
  }
}

resource "aws_network_acl" "public" {
  vpc_id = aws_vpc.own.id
}

resource "aws_network_acl_rule" "ping" {
  network_acl_id = aws_network_acl.public.id
  rule_number    = 50
  egress         = false
  protocol       = "icmp"
  rule_action    = "deny"
  cidr_block     = var.changed ? "192.0.2.0/24" : "203.0.113.0/24"
  icmp_type      = 8
  icmp_code      = -1
}

resource "aws_network_acl_association" "public" {
  network_acl_id = aws_network_acl.public.id
  subnet_id      = aws_subnet.public.id
}

resource "aws_default_network_acl" "own" {
  default_network_acl_id = aws_vpc.own.default_network_acl_id

  ingress {
    rule_no    = 100
    protocol   = "-1"
    action     = "allow"
    cidr_block = "10.20.0.0/16"
    from_port  = 0
    to_port    = 0
  }

  lifecycle {
    ignore_changes = [subnet_ids]
  }
}
