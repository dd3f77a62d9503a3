namespace EdgeQueue.Cloud.Start;

internal static class ExitCode
{
    public const int Stopped = 0;
    public const int Found = 1;
    public const int Usage = 2;
    public const int Database = 3;
    public const int Settings = 4;
}
