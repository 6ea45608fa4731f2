/**
 * The subdivisions of ISO 3166-2 by country (alpha-2): code and names, parted by a slash where there are several.
 * Only of countries whose addresses are written with them; in Great Britain with the councils since 2023 and those before.
 */
export const REGIONS: Readonly<Record<string, string>> = {
	AT:
		'1 Burgenland|2 Kärnten/Carinthia|3 Niederösterreich/Lower Austria|4 Oberösterreich/Upper Austria|5 Salzburg|' +
		'6 Steiermark/Styria|7 Tirol/Tyrol|8 Vorarlberg|9 Wien/Vienna',
	AU:
		'ACT Australian Capital Territory|NSW New South Wales|NT Northern Territory|QLD Queensland|SA South Australia|' +
		'TAS Tasmania|VIC Victoria|WA Western Australia',
	CA:
		'AB Alberta|BC British Columbia|MB Manitoba|NB New Brunswick|NL Newfoundland and Labrador/Newfoundland|NS Nova Scotia|' +
		'NT Northwest Territories|NU Nunavut|ON Ontario|PE Prince Edward Island|QC Quebec/Québec|SK Saskatchewan|' +
		'YT Yukon/Yukon Territory',
	CH:
		'AG Aargau|AI Appenzell Innerrhoden|AR Appenzell Ausserrhoden|BE Bern/Berne|BL Basel-Landschaft|BS Basel-Stadt|' +
		'FR Fribourg/Freiburg|GE Genève/Geneva/Genf|GL Glarus|GR Graubünden/Grisons|JU Jura|LU Luzern/Lucerne|' +
		'NE Neuchâtel/Neuenburg|NW Nidwalden|OW Obwalden|SG Sankt Gallen/St. Gallen|SH Schaffhausen|SO Solothurn|SZ Schwyz|' +
		'TG Thurgau|TI Ticino/Tessin|UR Uri|VD Vaud/Waadt|VS Valais/Wallis|ZG Zug|ZH Zürich',
	DE:
		'BB Brandenburg|BE Berlin|BW Baden-Württemberg|BY Bayern/Bavaria|HB Bremen|HE Hessen/Hesse|HH Hamburg|' +
		'MV Mecklenburg-Vorpommern/Mecklenburg-Western Pomerania|NI Niedersachsen/Lower Saxony|' +
		'NW Nordrhein-Westfalen/North Rhine-Westphalia|RP Rheinland-Pfalz/Rhineland-Palatinate|SH Schleswig-Holstein|' +
		'SL Saarland|SN Sachsen/Saxony|ST Sachsen-Anhalt/Saxony-Anhalt|TH Thüringen/Thuringia',
	GB:
		'ABC Armagh City, Banbridge and Craigavon|ABD Aberdeenshire|ABE Aberdeen City/Aberdeen|AGB Argyll and Bute|' +
		'AGY Isle of Anglesey|AND Antrim and Newtownabbey|ANN Ards and North Down|ANS Angus|ANT Antrim|ARD Ards|ARM Armagh|' +
		'BAS Bath and North East Somerset|BBD Blackburn with Darwen|BCP Bournemouth, Christchurch and Poole|BDF Bedford|' +
		'BDG Barking and Dagenham|BEN Brent|BEX Bexley|BFS Belfast|BGE Bridgend|BGW Blaenau Gwent|BIR Birmingham|' +
		'BKM Buckinghamshire|BLA Ballymena|BLY Ballymoney|BMH Bournemouth|BNB Banbridge|BNE Barnet|BNH Brighton and Hove|' +
		'BNS Barnsley|BOL Bolton|BPL Blackpool|BRC Bracknell Forest|BRD Bradford|BRY Bromley|BST Bristol, City of/Bristol|' +
		'BUR Bury|CAM Cambridgeshire|CAY Caerphilly|CBD Cumberland|CBF Central Bedfordshire|CCG Causeway Coast and Glens|' +
		'CGN Ceredigion|CGV Craigavon|CHE Cheshire East|CHW Cheshire West and Chester|CKF Carrickfergus|CKT Cookstown|' +
		'CLD Calderdale|CLK Clackmannanshire|CLR Coleraine|CMA Cumbria|CMD Camden|CMN Carmarthenshire|CON Cornwall|COV Coventry|' +
		'CRF Cardiff|CRY Croydon|CSR Castlereagh|CWY Conwy|DAL Darlington|DBY Derbyshire|DEN Denbighshire|DER Derby|DEV Devon|' +
		'DGN Dungannon and South Tyrone|DGY Dumfries and Galloway|DNC Doncaster|DND Dundee City/Dundee|DOR Dorset|DOW Down|' +
		'DRS Derry and Strabane|DRY Derry|DUD Dudley|DUR Durham, County/County Durham/Durham|EAL Ealing|EAW England and Wales|' +
		'EAY East Ayrshire|EDH Edinburgh, City of/Edinburgh|EDU East Dunbartonshire|ELN East Lothian|' +
		'ELS Eilean Siar/Na h-Eileanan Siar/Western Isles|ENF Enfield|ENG England|ERW East Renfrewshire|' +
		'ERY East Riding of Yorkshire|ESS Essex|ESX East Sussex|FAL Falkirk|FER Fermanagh|FIF Fife|FLN Flintshire|' +
		'FMO Fermanagh and Omagh|GAT Gateshead|GBN Great Britain|GLG Glasgow City/Glasgow|GLS Gloucestershire|GRE Greenwich|' +
		'GWN Gwynedd|HAL Halton|HAM Hampshire|HAV Havering|HCK Hackney|HEF Herefordshire|HIL Hillingdon|HLD Highland|' +
		'HMF Hammersmith and Fulham|HNS Hounslow|HPL Hartlepool|HRT Hertfordshire|HRW Harrow|HRY Haringey|IOS Isles of Scilly|' +
		'IOW Isle of Wight|ISL Islington|IVC Inverclyde|KEC Kensington and Chelsea|KEN Kent|KHL Kingston upon Hull/Hull|' +
		'KIR Kirklees|KTT Kingston upon Thames|KWL Knowsley|LAN Lancashire|LBC Lisburn and Castlereagh|LBH Lambeth|' +
		'LCE Leicester|LDS Leeds|LEC Leicestershire|LEW Lewisham|LIN Lincolnshire|LIV Liverpool|LMV Limavady|' +
		'LND London, City of/City of London|LRN Larne|LSB Lisburn|LUT Luton|MAN Manchester|MDB Middlesbrough|MDW Medway|' +
		'MEA Mid and East Antrim|MFT Magherafelt|MIK Milton Keynes|MLN Midlothian|MON Monmouthshire|MRT Merton|MRY Moray|' +
		'MTY Merthyr Tydfil|MUL Mid-Ulster|MYL Moyle|NAY North Ayrshire|NBL Northumberland|NDN North Down|' +
		'NEL North East Lincolnshire|NET Newcastle upon Tyne/Newcastle|NFK Norfolk|NGM Nottingham|NIR Northern Ireland|' +
		'NLK North Lanarkshire|NLN North Lincolnshire|NMD Newry, Mourne and Down|NNH North Northamptonshire|NSM North Somerset|' +
		'NTA Newtownabbey|NTH Northamptonshire|NTL Neath Port Talbot|NTT Nottinghamshire|NTY North Tyneside|NWM Newham|' +
		'NWP Newport|NYK North Yorkshire|NYM Newry and Mourne|OLD Oldham|OMH Omagh|ORK Orkney Islands|OXF Oxfordshire|' +
		'PEM Pembrokeshire|PKN Perth and Kinross|PLY Plymouth|POL Poole|POR Portsmouth|POW Powys|PTE Peterborough|' +
		'RCC Redcar and Cleveland|RCH Rochdale|RCT Rhondda Cynon Taff|RDB Redbridge|RDG Reading|RFW Renfrewshire|' +
		'RIC Richmond upon Thames|ROT Rotherham|RUT Rutland|SAW Sandwell|SAY South Ayrshire|SCB Scottish Borders|SCT Scotland|' +
		'SFK Suffolk|SFT Sefton|SGC South Gloucestershire|SHF Sheffield|SHN St. Helens|SHR Shropshire|SKP Stockport|SLF Salford|' +
		'SLG Slough|SLK South Lanarkshire|SND Sunderland|SOL Solihull|SOM Somerset|SOS Southend-on-Sea|SRY Surrey|STB Strabane|' +
		'STE Stoke-on-Trent|STG Stirling|STH Southampton|STN Sutton|STS Staffordshire|STT Stockton-on-Tees|STY South Tyneside|' +
		'SWA Swansea|SWD Swindon|SWK Southwark|TAM Tameside|TFW Telford and Wrekin|THR Thurrock|TOB Torbay|TOF Torfaen|' +
		'TRF Trafford|TWH Tower Hamlets|UKM United Kingdom|VGL Vale of Glamorgan|WAF Westmorland and Furness|WAR Warwickshire|' +
		'WBK West Berkshire|WDU West Dunbartonshire|WFT Waltham Forest|WGN Wigan|WIL Wiltshire|WKF Wakefield|WLL Walsall|' +
		'WLN West Lothian|WLS Wales|WLV Wolverhampton|WND Wandsworth|WNH West Northamptonshire|WNM Windsor and Maidenhead|' +
		'WOK Wokingham|WOR Worcestershire|WRL Wirral|WRT Warrington|WRX Wrexham|WSM Westminster|WSX West Sussex|YOR York|' +
		'ZET Shetland Islands',
	IE:
		'C Connacht|CE Clare|CN Cavan|CO Cork|CW Carlow|D Dublin|DL Donegal|G Galway|KE Kildare|KK Kilkenny|KY Kerry|L Leinster|' +
		'LD Longford|LH Louth|LK Limerick|LM Leitrim|LS Laois|M Munster|MH Meath|MN Monaghan|MO Mayo|OY Offaly|RN Roscommon|' +
		'SO Sligo|TA Tipperary|U Ulster|WD Waterford|WH Westmeath|WW Wicklow|WX Wexford',
	NZ:
		'AUK Auckland|BOP Bay of Plenty|CAN Canterbury|CIT Chatham Islands Territory/Chatham Islands|GIS Gisborne|' +
		"HKB Hawke's Bay|MBH Marlborough|MWT Manawatu-Whanganui/Manawatu-Wanganui|NSN Nelson|NTL Northland|OTA Otago|" +
		'STL Southland|TAS Tasman|TKI Taranaki|WGN Wellington|WKO Waikato|WTC West Coast',
	US:
		'AK Alaska|AL Alabama|AR Arkansas|AS American Samoa|AZ Arizona|CA California|CO Colorado|CT Connecticut|' +
		'DC District of Columbia/Washington DC|DE Delaware|FL Florida|GA Georgia|GU Guam|HI Hawaii|IA Iowa|ID Idaho|IL Illinois|' +
		'IN Indiana|KS Kansas|KY Kentucky|LA Louisiana|MA Massachusetts|MD Maryland|ME Maine|MI Michigan|MN Minnesota|' +
		'MO Missouri|MP Northern Mariana Islands|MS Mississippi|MT Montana|NC North Carolina|ND North Dakota|NE Nebraska|' +
		'NH New Hampshire|NJ New Jersey|NM New Mexico|NV Nevada|NY New York|OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania|' +
		'PR Puerto Rico|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|' +
		'UM United States Minor Outlying Islands|UT Utah|VA Virginia|VI Virgin Islands, U.S./US Virgin Islands|VT Vermont|' +
		'WA Washington|WI Wisconsin|WV West Virginia|WY Wyoming',
};
