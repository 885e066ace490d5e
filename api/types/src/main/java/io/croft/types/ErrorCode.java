package io.croft.types;

/**
 * Every error that a client can get: its kind, its HTTP status and its name in EC2's API. Mapped once per edge.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html">EC2 error codes</a>
 */
public enum ErrorCode {
    AUTH_FAILURE(ErrorKind.CALLER, 401, "AuthFailure"),
    MISSING_AUTHENTICATION_TOKEN(ErrorKind.CALLER, 403, "MissingAuthenticationToken"),
    INCOMPLETE_SIGNATURE(ErrorKind.CALLER, 400, "IncompleteSignature"),
    SIGNATURE_DOES_NOT_MATCH(ErrorKind.CALLER, 403, "SignatureDoesNotMatch"),
    SIGNED_FOR_ANOTHER_REGION(ErrorKind.CALLER, 403, "SignatureDoesNotMatch"),
    INVALID_CLIENT_TOKEN_ID(ErrorKind.CALLER, 403, "InvalidClientTokenId"),
    EXPIRED_TOKEN(ErrorKind.CALLER, 403, "ExpiredToken"),
    REQUEST_EXPIRED(ErrorKind.CALLER, 400, "RequestExpired"),
    UNAUTHORIZED_OPERATION(ErrorKind.CALLER, 403, "UnauthorizedOperation"),
    DRY_RUN_OPERATION(ErrorKind.CALLER, 412, "DryRunOperation"),
    INVALID_ACTION(ErrorKind.CALLER, 400, "InvalidAction"),
    MISSING_ACTION(ErrorKind.CALLER, 400, "MissingAction"),
    MISSING_PARAMETER(ErrorKind.CALLER, 400, "MissingParameter"),
    UNKNOWN_PARAMETER(ErrorKind.CALLER, 400, "UnknownParameter"),
    INVALID_PARAMETER(ErrorKind.CALLER, 400, "InvalidParameter"),
    INVALID_PARAMETER_VALUE(ErrorKind.CALLER, 400, "InvalidParameterValue"),
    INVALID_PARAMETER_COMBINATION(ErrorKind.CALLER, 400, "InvalidParameterCombination"),
    INVALID_PAGINATION_TOKEN(ErrorKind.CALLER, 400, "InvalidPaginationToken"),
    MALFORMED_BODY(ErrorKind.CALLER, 400, "MalformedBody"),
    MALFORMED_QUERY_STRING(ErrorKind.CALLER, 400, "MalformedQueryString"),
    METHOD_NOT_ALLOWED(ErrorKind.CALLER, 405, "MethodNotAllowed"),
    NOT_ACCEPTABLE(ErrorKind.CALLER, 406, "NotAcceptable"),
    PRECONDITION_FAILED(ErrorKind.CALLER, 412, "PreconditionFailed"),
    UNSUPPORTED_MEDIA_TYPE(ErrorKind.CALLER, 415, "UnsupportedMediaType"),
    PRECONDITION_REQUIRED(ErrorKind.CALLER, 428, "PreconditionRequired"),
    REQUEST_ENTITY_TOO_LARGE(ErrorKind.CALLER, 413, "RequestEntityTooLarge"),
    UNSUPPORTED(ErrorKind.CALLER, 400, "Unsupported"),
    UNSUPPORTED_OPERATION(ErrorKind.CALLER, 400, "UnsupportedOperation"),
    OPERATION_NOT_PERMITTED(ErrorKind.CALLER, 400, "OperationNotPermitted"),
    IDEMPOTENT_PARAMETER_MISMATCH(ErrorKind.CONFLICT, 400, "IdempotentParameterMismatch"),
    INCORRECT_INSTANCE_STATE(ErrorKind.CONFLICT, 400, "IncorrectInstanceState"),
    UNSUPPORTED_HIBERNATION_CONFIGURATION(ErrorKind.CALLER, 400, "UnsupportedHibernationConfiguration"),
    INCORRECT_STATE(ErrorKind.CONFLICT, 400, "IncorrectState"),
    INCORRECT_MODIFICATION_STATE(ErrorKind.CONFLICT, 400, "IncorrectModificationState"),
    DEPENDENCY_VIOLATION(ErrorKind.CONFLICT, 400, "DependencyViolation"),
    FILTER_LIMIT_EXCEEDED(ErrorKind.CALLER, 400, "FilterLimitExceeded"),
    TAG_LIMIT_EXCEEDED(ErrorKind.CALLER, 400, "TagLimitExceeded"),
    INVALID_ID(ErrorKind.CALLER, 400, "InvalidID"),
    INSTANCE_ID_MALFORMED(ErrorKind.CALLER, 400, "InvalidInstanceID.Malformed"),
    INSTANCE_NOT_FOUND(ErrorKind.MISSING, 400, "InvalidInstanceID.NotFound"),
    INSTANCE_PROFILE_ASSOCIATION_NOT_FOUND(ErrorKind.MISSING, 400, "InvalidAssociationID.NotFound"),
    INSTANCE_ATTRIBUTE_VALUE_INVALID(ErrorKind.CALLER, 400, "InvalidInstanceAttributeValue"),
    INSTANCE_TYPE_NOT_FOUND(ErrorKind.MISSING, 400, "InvalidInstanceType"),
    IMAGE_ID_MALFORMED(ErrorKind.CALLER, 400, "InvalidAMIID.Malformed"),
    IMAGE_NOT_FOUND(ErrorKind.MISSING, 400, "InvalidAMIID.NotFound"),
    IMAGE_UNAVAILABLE(ErrorKind.CONFLICT, 400, "InvalidAMIID.Unavailable"),
    IMAGE_ATTRIBUTE_ITEM_VALUE(ErrorKind.CALLER, 400, "InvalidAMIAttributeItemValue"),
    IMAGE_NAME_DUPLICATE(ErrorKind.CONFLICT, 400, "InvalidAMIName.Duplicate"),
    IMAGE_NAME_MALFORMED(ErrorKind.CALLER, 400, "InvalidAMIName.Malformed"),
    BLOB_NOT_FOUND(ErrorKind.CALLER, 400, "InvalidManifest"),
    KEY_PAIR_ID_MALFORMED(ErrorKind.CALLER, 400, "InvalidKeyPairId.Malformed"),
    KEY_PAIR_NOT_FOUND(ErrorKind.MISSING, 400, "InvalidKeyPair.NotFound"),
    KEY_PAIR_DUPLICATE(ErrorKind.CONFLICT, 400, "InvalidKeyPair.Duplicate"),
    KEY_FORMAT(ErrorKind.CALLER, 400, "InvalidKey.Format"),
    LAUNCH_TEMPLATE_ID_MALFORMED(ErrorKind.CALLER, 400, "InvalidLaunchTemplateId.Malformed"),
    LAUNCH_TEMPLATE_NOT_FOUND(ErrorKind.MISSING, 400, "InvalidLaunchTemplateId.NotFound"),
    LAUNCH_TEMPLATE_VERSION_NOT_FOUND(ErrorKind.MISSING, 400, "InvalidLaunchTemplateId.VersionNotFound"),
    LAUNCH_TEMPLATE_NAME_MALFORMED(ErrorKind.CALLER, 400, "InvalidLaunchTemplateName.MalformedException"),
    LAUNCH_TEMPLATE_NAME_NOT_FOUND(ErrorKind.CALLER, 400, "InvalidLaunchTemplateName.NotFoundException"),
    LAUNCH_TEMPLATE_NAME_DUPLICATE(ErrorKind.CONFLICT, 400, "InvalidLaunchTemplateName.AlreadyExistsException"),
    CAPACITY_RESERVATION_ID_MALFORMED(ErrorKind.CALLER, 400, "InvalidCapacityReservationId.Malformed"),
    CAPACITY_RESERVATION_NOT_FOUND(ErrorKind.MISSING, 400, "InvalidCapacityReservationId.NotFound"),
    RESERVATION_CAPACITY_EXCEEDED(ErrorKind.CAPACITY, 400, "ReservationCapacityExceeded"),
    PLACEMENT_GROUP_ID_MALFORMED(ErrorKind.CALLER, 400, "InvalidPlacementGroupId.Malformed"),
    PLACEMENT_GROUP_NOT_FOUND(ErrorKind.MISSING, 400, "InvalidPlacementGroup.Unknown"),
    PLACEMENT_GROUP_DUPLICATE(ErrorKind.CONFLICT, 400, "InvalidPlacementGroup.Duplicate"),
    PLACEMENT_GROUP_IN_USE(ErrorKind.CONFLICT, 400, "InvalidPlacementGroup.InUse"),
    USER_DATA_MALFORMED(ErrorKind.CALLER, 400, "InvalidUserData.Malformed"),
    VPC_NOT_FOUND(ErrorKind.MISSING, 400, "InvalidVpcID.NotFound"),
    VPC_ID_MALFORMED(ErrorKind.CALLER, 400, "InvalidVpcID.Malformed"),
    NO_DEFAULT_VPC(ErrorKind.CALLER, 400, "VPCIdNotSpecified"),
    SUBNET_NOT_FOUND(ErrorKind.MISSING, 400, "InvalidSubnetID.NotFound"),
    SUBNET_ID_MALFORMED(ErrorKind.CALLER, 400, "InvalidSubnetID.Malformed"),
    VPC_RANGE(ErrorKind.CALLER, 400, "InvalidVpc.Range"),
    VPC_CIDR_ASSOCIATION_NOT_FOUND(ErrorKind.MISSING, 400, "InvalidVpcCidrBlockAssociationID.NotFound"),
    VPC_LIMIT_EXCEEDED(ErrorKind.CAPACITY, 400, "VpcLimitExceeded"),
    VPC_CIDR_LIMIT_EXCEEDED(ErrorKind.CAPACITY, 400, "CidrLimitExceeded"),
    NO_DEFAULT_VPC_THERE(ErrorKind.CALLER, 400, "DefaultVpcDoesNotExist"),
    DEFAULT_VPC_EXISTS(ErrorKind.CONFLICT, 400, "DefaultVpcAlreadyExists"),
    DEFAULT_SUBNET_EXISTS(ErrorKind.CONFLICT, 400, "DefaultSubnetAlreadyExistsInAvailabilityZone"),
    SUBNET_RANGE(ErrorKind.CALLER, 400, "InvalidSubnet.Range"),
    SUBNET_CONFLICT(ErrorKind.CONFLICT, 400, "InvalidSubnet.Conflict"),
    SUBNET_LIMIT_EXCEEDED(ErrorKind.CAPACITY, 400, "SubnetLimitExceeded"),
    INTERNET_GATEWAY_NOT_FOUND(ErrorKind.MISSING, 400, "InvalidInternetGatewayID.NotFound"),
    INTERNET_GATEWAY_ID_MALFORMED(ErrorKind.CALLER, 400, "InvalidInternetGatewayId.Malformed"),
    INTERNET_GATEWAY_LIMIT_EXCEEDED(ErrorKind.CAPACITY, 400, "InternetGatewayLimitExceeded"),
    ALREADY_ATTACHED(ErrorKind.CONFLICT, 400, "Resource.AlreadyAssociated"),
    GATEWAY_NOT_FOUND(ErrorKind.MISSING, 400, "InvalidGatewayID.NotFound"),
    GATEWAY_NOT_ATTACHED(ErrorKind.CONFLICT, 400, "Gateway.NotAttached"),
    ROUTE_TABLE_NOT_FOUND(ErrorKind.MISSING, 400, "InvalidRouteTableID.NotFound"),
    ROUTE_TABLE_ID_MALFORMED(ErrorKind.CALLER, 400, "InvalidRouteTableId.Malformed"),
    ROUTE_TABLE_LIMIT_EXCEEDED(ErrorKind.CAPACITY, 400, "RouteTableLimitExceeded"),
    ROUTE_NOT_FOUND(ErrorKind.MISSING, 400, "InvalidRoute.NotFound"),
    ROUTE_EXISTS(ErrorKind.CONFLICT, 400, "RouteAlreadyExists"),
    ROUTE_LIMIT_EXCEEDED(ErrorKind.CAPACITY, 400, "RouteLimitExceeded"),
    ASSOCIATION_NOT_FOUND(ErrorKind.MISSING, 400, "InvalidAssociationID.NotFound"),
    NETWORK_ACL_NOT_FOUND(ErrorKind.MISSING, 400, "InvalidNetworkAclID.NotFound"),
    NETWORK_ACL_ID_MALFORMED(ErrorKind.CALLER, 400, "InvalidNetworkAclId.Malformed"),
    ELASTIC_ADDRESS_ID_MALFORMED(ErrorKind.CALLER, 400, "InvalidAllocationID.Malformed"),
    INSUFFICIENT_FREE_ADDRESSES(ErrorKind.CAPACITY, 400, "InsufficientFreeAddressesInSubnet"),
    INSUFFICIENT_PUBLIC_ADDRESSES(ErrorKind.CAPACITY, 400, "InsufficientAddressCapacity"),
    ADDRESS_NOT_FOUND(ErrorKind.MISSING, 400, "InvalidAddress.NotFound"),
    ADDRESS_IN_USE(ErrorKind.CONFLICT, 400, "InvalidIPAddress.InUse"),
    SECURITY_GROUP_NOT_FOUND(ErrorKind.MISSING, 400, "InvalidGroup.NotFound"),
    SECURITY_GROUP_ID_MALFORMED(ErrorKind.CALLER, 400, "InvalidGroupId.Malformed"),
    SECURITY_GROUP_DUPLICATE(ErrorKind.CONFLICT, 400, "InvalidGroup.Duplicate"),
    SECURITY_GROUP_IN_USE(ErrorKind.CONFLICT, 400, "DependencyViolation"),
    SECURITY_GROUP_RESERVED(ErrorKind.CALLER, 400, "CannotDelete"),
    PERMISSION_DUPLICATE(ErrorKind.CONFLICT, 400, "InvalidPermission.Duplicate"),
    PERMISSION_NOT_FOUND(ErrorKind.MISSING, 400, "InvalidPermission.NotFound"),
    PERMISSION_MALFORMED(ErrorKind.CALLER, 400, "InvalidPermission.Malformed"),
    RULE_LIMIT_EXCEEDED(ErrorKind.CALLER, 400, "RulesPerSecurityGroupLimitExceeded"),
    SECURITY_GROUP_RULE_NOT_FOUND(ErrorKind.MISSING, 400, "InvalidSecurityGroupRuleId.NotFound"),
    SECURITY_GROUP_RULE_ID_MALFORMED(ErrorKind.CALLER, 400, "InvalidSecurityGroupRuleId.Malformed"),
    SECURITY_GROUPS_PER_INTERFACE_LIMIT(ErrorKind.CALLER, 400, "SecurityGroupsPerInterfaceLimitExceeded"),
    NETWORK_INTERFACE_NOT_FOUND(ErrorKind.MISSING, 400, "InvalidNetworkInterfaceID.NotFound"),
    NETWORK_INTERFACE_ID_MALFORMED(ErrorKind.CALLER, 400, "InvalidNetworkInterfaceId.Malformed"),
    ATTACHMENT_NOT_FOUND(ErrorKind.MISSING, 400, "InvalidAttachmentID.NotFound"),
    ELASTIC_ADDRESS_NOT_FOUND(ErrorKind.MISSING, 400, "InvalidAllocationID.NotFound"),
    ZONE_NOT_FOUND(ErrorKind.CALLER, 400, "InvalidZone.NotFound"),
    VOLUME_NOT_FOUND(ErrorKind.MISSING, 400, "InvalidVolume.NotFound"),
    VOLUME_MODIFICATION_NOT_FOUND(ErrorKind.MISSING, 400, "InvalidVolumeModification.NotFound"),
    VOLUME_ID_MALFORMED(ErrorKind.CALLER, 400, "InvalidVolumeID.Malformed"),
    VOLUME_IN_USE(ErrorKind.CONFLICT, 400, "VolumeInUse"),
    VOLUME_ZONE_MISMATCH(ErrorKind.CALLER, 400, "InvalidVolume.ZoneMismatch"),
    VOLUME_ATTACHMENT_NOT_FOUND(ErrorKind.MISSING, 400, "InvalidAttachment.NotFound"),
    SNAPSHOT_NOT_FOUND(ErrorKind.MISSING, 400, "InvalidSnapshot.NotFound"),
    SNAPSHOT_ID_MALFORMED(ErrorKind.CALLER, 400, "InvalidSnapshotID.Malformed"),
    SNAPSHOT_IN_USE(ErrorKind.CONFLICT, 400, "InvalidSnapshot.InUse"),
    SNAPSHOTS_UNRELATED(ErrorKind.CALLER, 400, "InvalidSnapshot.Unrelated"),
    SNAPSHOT_SIZE(ErrorKind.CALLER, 400, "InvalidVolumeSize"),
    BLOCK_INVALID(ErrorKind.CALLER, 400, "InvalidBlock"),
    BLOCK_TOKEN_INVALID(ErrorKind.CALLER, 400, "InvalidBlockToken"),
    BLOCK_WRITE_TIMEOUT(ErrorKind.CONFLICT, 400, "WriteRequestTimeout"),
    ATTACHMENT_LIMIT_EXCEEDED(ErrorKind.CAPACITY, 400, "AttachmentLimitExceeded"),
    INSUFFICIENT_VOLUME_CAPACITY(ErrorKind.CAPACITY, 400, "InsufficientVolumeCapacity"),
    INVALID_BLOCK_DEVICE_MAPPING(ErrorKind.CALLER, 400, "InvalidBlockDeviceMapping"),
    INSUFFICIENT_INSTANCE_CAPACITY(ErrorKind.CAPACITY, 400, "InsufficientInstanceCapacity"),
    INSTANCE_LIMIT_EXCEEDED(ErrorKind.CAPACITY, 400, "InstanceLimitExceeded"),
    VCPU_LIMIT_EXCEEDED(ErrorKind.CAPACITY, 400, "VcpuLimitExceeded"),
    VOLUME_LIMIT_EXCEEDED(ErrorKind.CAPACITY, 400, "VolumeLimitExceeded"),
    CONCURRENT_SNAPSHOTS_EXCEEDED(ErrorKind.CAPACITY, 400, "ConcurrentSnapshotLimitExceeded"),
    SNAPSHOT_RATE_EXCEEDED(ErrorKind.CAPACITY, 400, "SnapshotCreationPerVolumeRateExceeded"),
    SNAPSHOT_LIMIT_EXCEEDED(ErrorKind.CAPACITY, 400, "SnapshotLimitExceeded"),
    ADDRESS_LIMIT_EXCEEDED(ErrorKind.CAPACITY, 400, "AddressLimitExceeded"),
    NETWORK_INTERFACE_LIMIT_EXCEEDED(ErrorKind.CAPACITY, 400, "NetworkInterfaceLimitExceeded"),
    SECURITY_GROUP_LIMIT_EXCEEDED(ErrorKind.CAPACITY, 400, "SecurityGroupLimitExceeded"),
    ACCESS_KEY_LIMIT_EXCEEDED(ErrorKind.CONFLICT, 409, "LimitExceeded"),
    REQUEST_LIMIT_EXCEEDED(ErrorKind.UNAVAILABLE, 503, "RequestLimitExceeded"),
    UNAVAILABLE(ErrorKind.UNAVAILABLE, 503, "Unavailable"),
    NOT_FOUND(ErrorKind.MISSING, 404, "NotFound"),
    CONFLICT(ErrorKind.CONFLICT, 409, "Conflict"),
    INTERNAL_ERROR(ErrorKind.INTERNAL, 500, "InternalError");

    private final ErrorKind kind;
    private final int status;
    private final String ec2Name;

    ErrorCode(ErrorKind kind, int status, String ec2Name) {
        this.kind = kind;
        this.status = status;
        this.ec2Name = ec2Name;
    }

    public ErrorKind kind() {
        return kind;
    }

    public int status() {
        return status;
    }

    public String ec2Name() {
        return ec2Name;
    }

    /** Whether sending the same request again later can help. */
    public boolean retryable() {
        return kind.retryable();
    }
}
