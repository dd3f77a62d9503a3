namespace EdgeQueue.Hub.Commands;

/// <summary>How the hub ends.</summary>
internal static class ExitCode
{
    public const int Fine = 0;

    /// <summary>A check found something wrong.</summary>
    public const int Wrong = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The journal is missing, unreadable or in use.</summary>
    public const int Journal = 3;

    /// <summary>The branch configuration has faults.</summary>
    public const int Configuration = 4;

    /// <summary>The branch's authority is missing or unreadable, or the registrar does not answer.</summary>
    public const int Identity = 5;

    /// <summary>A bug; systemd starts the hub again.</summary>
    public const int Bug = 70;
}
