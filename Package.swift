// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

/// A target of ours, in the order of the house: it imports only what stands above it.
func room(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .testTarget(name: name + "Tests", dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "lockstep",
    products: [.executable(name: "lockstep", targets: ["lockstep"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-nio-http2", from: "1.46.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    ],
    targets: [
        .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CLibCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        room("Diagnostics"),
        room("Values"),
        room("FileIO"),
        room(
            "HTTP",
            [
                "Values",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTP2", package: "swift-nio-http2"),
                .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]),
        room("YAML", ["CLibYAML", "Diagnostics"]),
        room("CEL", ["Diagnostics", "Values"]),
        room("Cron", ["Diagnostics", "Values"]),
        room("Model", ["Diagnostics", "Values", "CEL", "Cron"]),
        room("JobFiles", ["Diagnostics", "Values", "YAML", "CEL", "Cron", "Model"]),
        room("Reconcile", ["Values", "CEL", "Model"]),
        room("Systems", ["Diagnostics"], resources: [.embedInCode("Definitions")]),
        room("REST", ["Values", "CEL", "Model", "HTTP"]),
        room("Connectors", ["Diagnostics", "Values", "FileIO", "Model"]),
        room("StateStore", ["Values", "FileIO", "Model"]),
        room(
            "Runner",
            [
                "CLibCrypto", "Diagnostics", "Values", "FileIO", "YAML", "CEL", "Cron", "Model", "JobFiles",
                "Reconcile", "HTTP", "REST", "Systems", "Connectors", "StateStore",
            ]),
        .executableTarget(
            name: "lockstep",
            dependencies: ["Diagnostics", "Values", "YAML", "CEL", "Model", "JobFiles", "Runner", argumentParser],
            swiftSettings: settings),
        .target(
            name: "TestKit", dependencies: ["Diagnostics", "Values", "FileIO", "Model", "JobFiles", "Runner"],
            path: "Tests/TestKit",
            swiftSettings: settings),
        .target(
            name: "StateMachine",
            dependencies: [
                "Diagnostics", "Values", "FileIO", "Model", "StateStore", "Connectors", "JobFiles", "Runner", "TestKit",
            ], path: "Tests/StateMachine",
            swiftSettings: settings),
        tests("Diagnostics", ["Diagnostics"]),
        tests("Values", ["Values"], exclude: ["make-zone-table.py"]),
        tests(
            "HTTP",
            [
                "HTTP", "Values", "TestKit", "TestServers",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTP2", package: "swift-nio-http2"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]),
        tests(
            "REST", ["Diagnostics", "Values", "CEL", "HTTP", "Model", "JobFiles", "REST", "TestKit"]),
        tests("YAML", ["Diagnostics", "YAML"]),
        tests("CEL", ["CEL", "Diagnostics", "Values"]),
        tests(
            "Cron", ["Cron", "Values", "TestKit"],
            exclude: ["make-table.py", "slots.txt", "make-changes-table.py", "changes.txt"]),
        tests(
            "JobFiles",
            [
                "Diagnostics", "Values", "YAML", "CEL", "Cron", "Model", "JobFiles", "Systems", "Runner", "TestKit",
                "lockstep",
            ],
            exclude: ["Wrong", "Validators"]),
        tests("Connectors", ["Connectors", "Values", "FileIO", "Model", "TestKit"]),
        tests(
            "Lockstep",
            [
                "lockstep", "Diagnostics", "Values", "FileIO", "HTTP", "Model", "Runner", "TestKit", "TestServers",
                argumentParser,
            ],
            exclude: ["Cage", "Causes", "Screens", "Stories"]),
        tests(
            "Documentation",
            ["lockstep", "Diagnostics", "Values", "YAML", "CEL", "JobFiles", "Connectors", "Runner"]),
        .target(
            name: "TestServers", dependencies: [], path: "Tests/TestServers", swiftSettings: settings),
        tests("Systems", ["lockstep", "FileIO", "Runner", "TestKit", "TestServers"]),
        tests("Reconcile", ["Values", "CEL", "Model", "Reconcile", "TestKit"]),
        tests("StateStore", ["Values", "FileIO", "Model", "StateStore", "TestKit"]),
        tests(
            "Runner",
            [
                "Diagnostics", "Values", "FileIO", "HTTP", "Model", "Reconcile", "StateStore", "Connectors",
                "JobFiles", "Runner", "TestKit", "TestServers", "kill-runner", "lockstep",
            ], exclude: ["Older", "Receivers"]),
        tests(
            "Scenario",
            [
                "Diagnostics", "Values", "FileIO", "YAML", "Model", "JobFiles", "StateStore", "Runner", "TestKit",
                "kill-runner",
            ], exclude: ["Scenarios"]),
        .executableTarget(
            name: "kill-runner", dependencies: ["Values", "FileIO", "Runner", "TestKit"], path: "Tests/KillRunner",
            swiftSettings: settings),
        tests("StateMachine", ["Model", "StateMachine", "TestKit"]),
        tests("Servers", ["TestServers"]),
        .executableTarget(
            name: "state-machine", dependencies: ["StateMachine"], path: "Tests/StateMachineRuns",
            swiftSettings: settings),
        .executableTarget(
            name: "json-benchmark", dependencies: ["Values"], path: "Tests/Benchmarks/JSONBenchmark",
            swiftSettings: settings),
        .executableTarget(
            name: "cel-benchmark", dependencies: ["CEL", "Values"], path: "Tests/Benchmarks/CELBenchmark",
            swiftSettings: settings),
        .executableTarget(
            name: "jobs-benchmark", dependencies: ["Values", "FileIO", "Model", "Runner", "TestKit"],
            path: "Tests/Benchmarks/JobsBenchmark", swiftSettings: settings),
    ]
)
