package io.croft.controller;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.croft.controller.awsedge.ActionGroup;

/** What keeps the edges thin. */
@AnalyzeClasses(
        packages = "io.croft.controller",
        importOptions = {DoNotIncludeTests.class, WrittenByPeople.class})
class EdgeArchitectureTest {
    private static final String[] EDGES = {"..awsedge..", "..ec2api..", "..iamapi..", "..stsapi.."};

    @ArchTest
    static final ArchRule edgesCallUseCases = noClasses()
            .that()
            .resideInAnyPackage(EDGES)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.sql..",
                    "javax.sql..",
                    "jakarta.persistence..",
                    "org.hibernate..",
                    "org.springframework.jdbc..",
                    "org.springframework.data..",
                    "org.springframework.transaction..")
            .because(
                    "a use case is one transaction of the module that owns the noun; an edge only reads and writes the wire's form");

    @ArchTest
    static final ArchRule actionsBelongToEdges = classes()
            .that()
            .areAnnotatedWith(ActionGroup.class)
            .should()
            .resideInAnyPackage("..ec2api..", "..iamapi..", "..stsapi..")
            .because("each service of AWS has one module");

    @ArchTest
    static final ArchRule noClientOfAmazon = noClasses()
            .should()
            .dependOnClassesThat()
            .haveSimpleNameEndingWith("Ec2Client")
            .orShould()
            .dependOnClassesThat()
            .haveSimpleNameEndingWith("IamClient")
            .orShould()
            .dependOnClassesThat()
            .haveSimpleNameEndingWith("StsClient")
            .because("of the SDK only the request and response classes are used: the controller calls nobody");
}
