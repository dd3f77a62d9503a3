namespace EdgeQueue.Node.Roles.Dispenser;

/// <summary>Ids of the dispenser's events, 1100 … 1199. An id never changes its meaning.</summary>
public static class DispenserEvent
{
    public const int Pressed = 1100;
    public const int Issued = 1101;
    public const int IssuedOffline = 1102;
    public const int Refused = 1103;
    public const int Withdrawn = 1104;
    public const int PrintEnded = 1105;
    public const int PrintDelayed = 1106;
    public const int Joined = 1107;
    public const int JoinRefused = 1108;
    public const int Reported = 1109;
    public const int NumbersLeased = 1110;
    public const int LeaseRefused = 1111;
    public const int StoreOpened = 1112;
    public const int StoreFailed = 1113;
    public const int CopyOrdered = 1114;
    public const int Input = 1115;
    public const int CannotDraw = 1116;
    public const int UnknownKey = 1117;
    public const int LampFailed = 1118;
}
