package io.croft.agent.storage.lvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Rows as lvs 2.03.16 prints them. */
class LogicalVolumeTest {
    @Test
    void aPoolSaysHowFullItIs() {
        var pool = read("""
                {"lv_name":"pool", "lv_tags":"croft", "lv_size":"40529559552", "lv_active":"active", "lv_device_open":"open", "origin":"",
                 "pool_lv":"", "segtype":"thin-pool", "data_percent":"0.52", "metadata_percent":"10.21", "lv_time":"1795951531"}
                """);
        assertThat(pool.used()).contains(new LogicalVolume.Used(0.52, 10.21));
        assertThat(pool.sizeBytes()).isEqualTo(40529559552L);
        assertThat(pool.created()).isEqualTo(Instant.ofEpochSecond(1795951531));
        assertThat(pool.ours()).isTrue();
        assertThat(pool.open()).isTrue();
    }

    @Test
    void whatIsUnknownOfOneThatIsNotActiveIsNotTakenForAnything() {
        var base = read("""
                {"lv_name":"image-1", "lv_tags":"fast,croft", "lv_size":"2147483648", "lv_active":"", "lv_device_open":"unknown", "origin":"",
                 "pool_lv":"pool", "segtype":"thin", "data_percent":"", "metadata_percent":"", "lv_time":"1795951537"}
                """);
        assertThat(base.active()).isFalse();
        assertThat(base.open()).isFalse();
        assertThat(base.used()).isEmpty();
        assertThat(base.ours()).isTrue();
    }

    @Test
    void oneWithoutOurTagIsNotOurs() {
        var theirs = read("""
                {"lv_name":"vol-0123456789abcdef0", "lv_tags":"croftless", "lv_size":"4194304", "lv_active":"active", "lv_device_open":"",
                 "origin":"image-1", "pool_lv":"pool", "segtype":"thin", "data_percent":"0.00", "metadata_percent":"", "lv_time":"1795951537"}
                """);
        assertThat(theirs.ours()).isFalse();
        assertThat(theirs.used()).isEmpty();
    }

    private static LogicalVolume read(String row) {
        return LogicalVolume.read(new JsonMapper().readTree(row));
    }
}
