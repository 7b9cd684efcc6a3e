// Two units, each under its path as 'systemctl cat' shows them. systemd.exec(5), systemd.service(5) and systemd.syntax(7) have
// the rules: '%' begins a specifier and '$' a variable unless doubled, and quotes and backslashes are those of C.
extension Installation {
    var systemd: String {
        let command =
            ([program.quotedForSystemd] + arguments.map(\.quotedForSystemd).map { $0.replacing("$", with: "$$") })
            .joined(separator: " ")
        return """
            # /etc/systemd/system/lockstep.service
            [Unit]
            Description=Lockstep runs what is due
            Wants=network-online.target
            After=network-online.target

            [Service]
            Type=oneshot
            WorkingDirectory=\(folder.replacing("%", with: "%%"))
            ExecStart=\(command)
            # Records that failed, are held or wait: 'lockstep status' lists them.
            SuccessExitStatus=1
            # The user whose files these are, and the variables that connections.yaml refers to.
            #User=lockstep
            #EnvironmentFile=/etc/lockstep.env

            # /etc/systemd/system/lockstep.timer
            # To install: save both files, then 'systemctl daemon-reload' and 'systemctl enable --now lockstep.timer'.
            [Unit]
            Description=Starts Lockstep each minute

            [Timer]
            OnCalendar=*-*-* *:*:00
            AccuracySec=1s

            [Install]
            WantedBy=timers.target

            """
    }
}

extension String {
    /// As one word of a command of a unit, but for `$`, which only arguments double.
    fileprivate var quotedForSystemd: String {
        if isPlain(besides: "_./:=@+,-") { return self }
        let escaped = replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("%", with: "%%")
        return "\"\(escaped)\""
    }
}
