package import Diagnostics

/// The definitions that the program has: one file for each system.
package enum ShippedSystems {
    /// In the order of their names.
    package static let sources: [SourceText] = [
        source("airtable", PackageResources.airtable_yaml),
        source("asana", PackageResources.asana_yaml),
        source("autotask", PackageResources.autotask_yaml),
        source("connectwise", PackageResources.connectwise_yaml),
        source("django-helpdesk", PackageResources.django_helpdesk_yaml),
        source("github", PackageResources.github_yaml),
        source("gitlab", PackageResources.gitlab_yaml),
        source("halopsa", PackageResources.halopsa_yaml),
        source("hubspot", PackageResources.hubspot_yaml),
        source("jira", PackageResources.jira_yaml),
        source("jira-datacenter", PackageResources.jira_datacenter_yaml),
        source("kinto", PackageResources.kinto_yaml),
        source("linear", PackageResources.linear_yaml),
        source("microsoft365", PackageResources.microsoft365_yaml),
        source("notion", PackageResources.notion_yaml),
        source("redmine", PackageResources.redmine_yaml),
        source("roundup", PackageResources.roundup_yaml),
        source("salesforce", PackageResources.salesforce_yaml),
        source("servicenow", PackageResources.servicenow_yaml),
        source("syncro", PackageResources.syncro_yaml),
        source("trello", PackageResources.trello_yaml),
        source("zendesk", PackageResources.zendesk_yaml),
    ]

    private static func source(_ name: String, _ bytes: [UInt8]) -> SourceText {
        SourceText(name: "\(name).yaml", bytes: bytes)
    }
}
