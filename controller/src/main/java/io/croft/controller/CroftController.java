package io.croft.controller;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.modulith.Modulithic;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The controller process: the edges, the domains and the agents' server over one PostgreSQL database. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
@Modulithic(systemName = "Croft controller")
public class CroftController {
    public static void main(String[] args) {
        SpringApplication.run(CroftController.class, args);
    }
}
