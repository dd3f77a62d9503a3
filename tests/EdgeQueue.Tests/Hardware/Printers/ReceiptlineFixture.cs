namespace EdgeQueue.Tests.Hardware.Printers;

/// <summary>
/// What another program makes of a picture: the GS v 0 command in the output of npm receiptline 4.0.4 for
/// <c>transform("{image:PNG}", { cpl: 4, encoding: "cp437", gradient: false, gamma: 1, threshold: 128, command: "generic" })</c>,
/// one band of 300 rows. The picture is made by one formula on both sides, see <see cref="IsBlack"/>.
/// </summary>
internal static class ReceiptlineFixture
{
    public const int Width = 48;
    public const int Height = 300;

    private const string Base64 = """
        HXYwAAYALAHpfS+l9L4D4HwPgfCVMqZUypmplTKmVMoMIYQwhhBgDAGAMAZBaC0FoLQMwZgzBmBmrNWas1Y1ZqzVmrPvPee8957pfS+l9L4D4H
        wPgfCVMqZUypmplTKmVMoMIYQwhhBgDAGAMAZBaC0FoLQMwZgzBmBmrNWas1Y1ZqzVmrPvPee8957pfS+l9L4D4HwPgfCVMqZUypmplTKmVMoM
        IYQwhhBgDAGAMAZBaC0FoLQMwZgzBmBmrNWas1Y1ZqzVmrPvPee8957pfS+l9L4D4HwPgfCVMqZUypmplTKmVMoMIYQwhhBgDAGAMAZBaC0FoL
        QMwZgzBmBmrNWas1Y1ZqzVmrPvPee8957pfS+l9L4D4HwPgfCVMqZUypmplTKmVMoMIYQwhhBgDAGAMAZBaC0FoLQMwZgzBmBmrNWas1Y1ZqzV
        mrPvPee8957pfS+l9L4D4HwPgfCVMqZUypmplTKmVMoMIYQwhhBgDAGAMAZBaC0FoLQMwZgzBmBmrNWas1Y1ZqzVmrPvPee8957pfS+l9L4D4H
        wPgfCVMqZUypmplTKmVMoMIYQwhhBgDAGAMAZBaC0FoLQMwZgzBmBmrNWas1Y1ZqzVmrPvPee8957pfS+l9L4D4HwPgfCVMqZUypmplTKmVMoM
        IYQwhhBgDAGAMAZBaC0FoLQMwZgzBmBmrNWas1Y1ZqzVmrPvPee8957pfS+l9L4D4HwPgfCVMqZUypmplTKmVMoMIYQwhhBgDAGAMAZBaC0FoL
        QMwZgzBmBmrNWas1Y1ZqzVmrPvPee8957pfS+l9L4D4HwPgfCVMqZUypmplTKmVMoMIYQwhhBgDAGAMAZBaC0FoLQMwZgzBmBmrNWas1Y1ZqzV
        mrPvPee8957pfS+l9L4D4HwPgfCVMqZUypmplTKmVMoMIYQwhhBgDAGAMAZBaC0FoLQMwZgzBmBmrNWas1Y1ZqzVmrPvPee8957pfS+l9L4D4H
        wPgfCVMqZUypmplTKmVMoMIYQwhhBgDAGAMAZBaC0FoLQMwZgzBmBmrNWas1Y1ZqzVmrPvPee8957pfS+l9L4D4HwPgfCVMqZUypmplTKmVMoM
        IYQwhhBgDAGAMAZBaC0FoLQMwZgzBmBmrNWas1Y1ZqzVmrPvPee8957pfS+l9L4D4HwPgfCVMqZUypmplTKmVMoMIYQwhhBgDAGAMAZBaC0FoL
        QMwZgzBmBmrNWas1Y1ZqzVmrPvPee8957pfS+l9L4D4HwPgfCVMqZUypmplTKmVMoMIYQwhhBgDAGAMAZBaC0FoLQMwZgzBmBmrNWas1Y1ZqzV
        mrPvPee8957pfS+l9L4D4HwPgfCVMqZUypmplTKmVMoMIYQwhhBgDAGAMAZBaC0FoLQMwZgzBmBmrNWas1Y1ZqzVmrPvPee8957pfS+l9L4D4H
        wPgfCVMqZUypmplTKmVMoMIYQwhhBgDAGAMAZBaC0FoLQMwZgzBmBmrNWas1Y1ZqzVmrPvPee8957pfS+l9L4D4HwPgfCVMqZUypmplTKmVMoM
        IYQwhhBgDAGAMAZBaC0FoLQMwZgzBmBmrNWas1Y1ZqzVmrPvPee8957pfS+l9L4D4HwPgfCVMqZUypmplTKmVMoMIYQwhhBgDAGAMAZBaC0FoL
        QMwZgzBmBmrNWas1Y1ZqzVmrPvPee8957pfS+l9L4D4HwPgfCVMqZUypmplTKmVMoMIYQwhhBgDAGAMAZBaC0FoLQMwZgzBmBmrNWas1Y1ZqzV
        mrPvPee8957pfS+l9L4D4HwPgfCVMqZUypmplTKmVMoMIYQwhhBgDAGAMAZBaC0FoLQMwZgzBmBmrNWas1Y1ZqzVmrPvPee8957pfS+l9L4D4H
        wPgfCVMqZUypmplTKmVMoMIYQwhhBgDAGAMAZBaC0FoLQMwZgzBmBmrNWas1Y1ZqzVmrPvPee8957pfS+l9L4D4HwPgfCVMqZUypmplTKmVMoM
        IYQwhhBgDAGAMAZBaC0FoLQMwZgzBmBmrNWas1Y1ZqzVmrPvPee8957pfS+l9L4D4HwPgfCVMqZUypmplTKmVMoMIYQwhhBgDAGAMAZBaC0FoL
        QMwZgzBmBmrNWas1Y1ZqzVmrPvPee8957pfS+l9L4D4HwPgfCVMqZUypmplTKmVMoMIYQwhhBgDAGAMAZBaC0FoLQMwZgzBmBmrNWas1Y1ZqzV
        mrPvPee8957pfS+l9L4D4HwPgfCVMqZUypmplTKmVMoMIYQwhhBgDAGAMAZBaC0FoLQMwZgzBmBmrNWas1Y1ZqzVmrPvPee8957pfS+l9L4D4H
        wPgfCVMqZUypmplTKmVMoMIYQwhhBgDAGAMAZBaC0FoLQMwZgzBmBmrNWas1Y1ZqzVmrPvPee8957pfS+l9L4D4HwPgfCVMqZUypk=
        """;

    public static byte[] Command => Convert.FromBase64String(Base64.ReplaceLineEndings(""));

    public static bool IsBlack(int x, int y) => ((x * x * 3) + (y * y * 5) + (x * y * 7) + y) % 11 < 5;
}
