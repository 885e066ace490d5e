-- The data of a launch template's versions were in AWS's words, as the client of one edge sent them. They become a launch spec, which both edges read and write:
-- what is known of them by its typed parts, all else by the names on the way to it, to be shown again.

-- The texts, numbers and flags of a structure by the names on the way to them, without the places in lists.
CREATE FUNCTION pg_temp.leaves(structure jsonb) RETURNS TABLE (path text, value text) LANGUAGE sql AS $$
    WITH RECURSIVE node (path, value) AS (
        SELECT m.key, m.value FROM jsonb_each(structure) m
        UNION ALL
        SELECT n.path || m.step, m.value FROM node n CROSS JOIN LATERAL (
            SELECT '.' || o.key, o.value
            FROM jsonb_each(CASE jsonb_typeof(n.value) WHEN 'object' THEN n.value ELSE '{}' END) o
            UNION ALL
            SELECT '', i.value
            FROM jsonb_array_elements(CASE jsonb_typeof(n.value) WHEN 'array' THEN n.value ELSE '[]' END) i
        ) m (step, value)
    )
    SELECT n.path, n.value #>> '{}' FROM node n WHERE jsonb_typeof(n.value) IN ('string', 'number', 'boolean')
$$;

CREATE FUNCTION pg_temp.spec(data jsonb) RETURNS jsonb LANGUAGE sql AS $$
    SELECT jsonb_strip_nulls(jsonb_build_object(
        'image', data -> 'ImageId',
        'instanceType', data -> 'InstanceType',
        'keyName', data -> 'KeyName',
        'userData', data -> 'UserData',
        'network', jsonb_build_object(
            'subnet', data -> 'SubnetId',
            'groupIds', data -> 'SecurityGroupIds',
            'groupNames', data -> 'SecurityGroups',
            'privateAddress', data -> 'PrivateIpAddress'),
        'interfaces', (
            SELECT jsonb_agg(jsonb_build_object(
                'deviceIndex', n -> 'DeviceIndex',
                'subnet', n -> 'SubnetId',
                'groups', n -> 'Groups',
                'privateAddress', n -> 'PrivateIpAddress',
                'publicAddress', n -> 'AssociatePublicIpAddress',
                'description', n -> 'Description') ORDER BY place)
            FROM jsonb_array_elements(data -> 'NetworkInterfaces') WITH ORDINALITY AS i (n, place)),
        'placement', jsonb_build_object(
            'zone', data #> '{Placement,AvailabilityZone}',
            'groupId', data #> '{Placement,GroupId}',
            'groupName', data #> '{Placement,GroupName}',
            'partition', data #> '{Placement,PartitionNumber}'),
        'disks', (
            SELECT jsonb_agg(jsonb_build_object(
                'deviceName', d -> 'DeviceName',
                'sizeGib', d #> '{Ebs,VolumeSize}',
                'volumeType', upper(d #>> '{Ebs,VolumeType}'),
                'iops', d #> '{Ebs,Iops}',
                'throughput', d #> '{Ebs,Throughput}',
                'deleteOnTermination', d #> '{Ebs,DeleteOnTermination}') ORDER BY place)
            FROM jsonb_array_elements(data -> 'BlockDeviceMappings') WITH ORDINALITY AS i (d, place)),
        'metadata', jsonb_build_object(
            'endpointEnabled', data #>> '{MetadataOptions,HttpEndpoint}' = 'enabled',
            'tokensRequired', data #>> '{MetadataOptions,HttpTokens}' = 'required',
            'hopLimit', data #> '{MetadataOptions,HttpPutResponseHopLimit}',
            'tagsInMetadata', data #>> '{MetadataOptions,InstanceMetadataTags}' = 'enabled'),
        'options', jsonb_build_object(
            'hibernation', data #> '{HibernationOptions,Configured}',
            'shutdownBehavior', upper(data ->> 'InstanceInitiatedShutdownBehavior'),
            'terminationProtected', data -> 'DisableApiTermination',
            'stopProtected', data -> 'DisableApiStop',
            'ebsOptimized', data -> 'EbsOptimized',
            'autoRecovery', data #>> '{MaintenanceOptions,AutoRecovery}' = 'default',
            'monitored', data #> '{Monitoring,Enabled}'),
        'tags', (
            SELECT jsonb_agg(jsonb_build_object(
                'type', upper(replace(s ->> 'ResourceType', '-', '_')),
                'tags', coalesce(
                    (SELECT jsonb_object_agg(t ->> 'Key', coalesce(t ->> 'Value', ''))
                     FROM jsonb_array_elements(s -> 'Tags') t),
                    '{}')) ORDER BY place)
            FROM jsonb_array_elements(data -> 'TagSpecifications') WITH ORDINALITY AS i (s, place)),
        'constants', (
            SELECT jsonb_object_agg(l.path, l.value) FROM pg_temp.leaves(data) l
            WHERE l.path NOT IN (
                'ImageId', 'InstanceType', 'KeyName', 'UserData',
                'SubnetId', 'SecurityGroupIds', 'SecurityGroups', 'PrivateIpAddress',
                'NetworkInterfaces.DeviceIndex', 'NetworkInterfaces.SubnetId', 'NetworkInterfaces.Groups',
                'NetworkInterfaces.PrivateIpAddress', 'NetworkInterfaces.AssociatePublicIpAddress',
                'NetworkInterfaces.Description',
                'Placement.AvailabilityZone', 'Placement.GroupId', 'Placement.GroupName', 'Placement.PartitionNumber',
                'BlockDeviceMappings.DeviceName', 'BlockDeviceMappings.Ebs.VolumeSize',
                'BlockDeviceMappings.Ebs.VolumeType', 'BlockDeviceMappings.Ebs.Iops',
                'BlockDeviceMappings.Ebs.Throughput', 'BlockDeviceMappings.Ebs.DeleteOnTermination',
                'MetadataOptions.HttpEndpoint', 'MetadataOptions.HttpTokens',
                'MetadataOptions.HttpPutResponseHopLimit', 'MetadataOptions.InstanceMetadataTags',
                'HibernationOptions.Configured', 'InstanceInitiatedShutdownBehavior', 'DisableApiTermination',
                'DisableApiStop', 'EbsOptimized', 'MaintenanceOptions.AutoRecovery', 'Monitoring.Enabled',
                'TagSpecifications.ResourceType', 'TagSpecifications.Tags.Key', 'TagSpecifications.Tags.Value'))))
$$;

UPDATE launch_template_version SET data = pg_temp.spec(data);

DROP FUNCTION pg_temp.spec(jsonb);
DROP FUNCTION pg_temp.leaves(jsonb);

-- The digests of these requests were of AWS's words, too. An empty one is nobody's: a repeat of the request is taken for what its token says that it is.
UPDATE client_token SET parameter_hash = '' WHERE action IN ('CreateLaunchTemplate', 'CreateLaunchTemplateVersion');
UPDATE client_token t SET parameter_hash = '' WHERE t.action = 'RunInstances' AND EXISTS (
    SELECT FROM instance i JOIN tag g ON g.resource_id = i.id AND g.key = 'aws:ec2launchtemplate:id'
    WHERE i.reservation = ANY(t.resources));
