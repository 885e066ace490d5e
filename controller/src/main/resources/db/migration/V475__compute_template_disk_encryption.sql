-- Templates of before said of their one disk that it is not encrypted among the constants that are only shown again; now the disk says it.
UPDATE launch_template_version
SET data = jsonb_set(
        data #- '{constants,BlockDeviceMappings.Ebs.Encrypted}',
        '{disks,0,encrypted}',
        to_jsonb((data #>> '{constants,BlockDeviceMappings.Ebs.Encrypted}')::boolean))
WHERE data #> '{constants,BlockDeviceMappings.Ebs.Encrypted}' IS NOT NULL AND data #> '{disks,0}' IS NOT NULL;
